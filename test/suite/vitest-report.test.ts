import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { countTests, sum } from './vitest-report.ts';

const report = (status: string, ...tests: [title: string, status: string, duration?: number][]) =>
  JSON.stringify({
    testResults: [
      {
        name: join(PROJECT_DIR, 'test/a.test.ts'),
        status,
        assertionResults: tests.map(([fullName, status, duration]) => ({ fullName, status, duration })),
      },
    ],
  });

test('tests are counted by what became of them, and those left out keep their titles', () => {
  const text = report(
    'failed',
    ['one', 'passed'],
    ['two', 'failed'],
    ['three', 'skipped'],
    ['four', 'pending'],
    ['five', 'passed'],
  );
  expect(countTests(text)).toMatchObject({ passed: 2, failed: 1, leftOut: ['three', 'four'] });
});

test('a file that could not be loaded counts as a failure', () => {
  expect(countTests(report('failed'))).toMatchObject({ passed: 0, failed: 1, leftOut: [] });
  expect(countTests(report('failed', ['one', 'passed']))).toMatchObject({ passed: 1, failed: 1, leftOut: [] });
});

test('each test that ran has its time and its file', () => {
  const { times } = countTests(report('passed', ['one', 'passed', 1200], ['two', 'skipped']));
  expect(times).toEqual([{ file: 'test/a.test.ts', title: 'one', ms: 1200 }]);
});

test('several counts add up', () => {
  const one = countTests(report('passed', ['one', 'passed', 5]));
  const two = countTests(report('failed', ['two', 'failed', 7], ['three', 'skipped']));
  expect(sum([one, two])).toMatchObject({ passed: 1, failed: 1, leftOut: ['three'], times: [{ ms: 5 }, { ms: 7 }] });
});
