import { expect, test } from 'vitest';
import { countTests } from './vitest-project.ts';

const report = (status: string, ...tests: [title: string, status: string][]) =>
  JSON.stringify({
    testResults: [{ name: 'a.test.ts', status, assertionResults: tests.map(([fullName, status]) => ({ fullName, status })) }],
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
  expect(countTests(text)).toEqual({ passed: 2, failed: 1, leftOut: ['three', 'four'] });
});

test('a file that could not be loaded counts as a failure', () => {
  expect(countTests(report('failed'))).toEqual({ passed: 0, failed: 1, leftOut: [] });
  expect(countTests(report('failed', ['one', 'passed']))).toEqual({ passed: 1, failed: 1, leftOut: [] });
});
