import { expect, test } from 'vitest';
import { timeLines } from './summary.ts';

const ended = (suite: string, ms: number, ...times: [title: string, ms: number][]) => ({
  suite,
  ms,
  count: {
    passed: times.length,
    failed: 0,
    leftOut: [],
    times: times.map(([title, ms]) => ({ file: `test/${suite}.test.ts`, title, ms })),
  },
});

test('suites come longest first, then the slowest tests of all of them', () => {
  const lines = timeLines(
    [ended('unit', 90_000, ['quick', 40], ['slow', 1500]), ended('kafka', 600_000, ['slowest', 115_349])],
    660_000,
  );
  expect(lines).toEqual([
    'Minutes of each suite:',
    '  10.0 min  kafka (1 passed, 0 failed)',
    '   1.5 min  unit (2 passed, 0 failed)',
    '  11.0 min  in all',
    'The 3 slowest tests:',
    ' 115.3 s  kafka  test/kafka.test.ts: slowest',
    '   1.5 s  unit  test/unit.test.ts: slow',
    '   0.0 s  unit  test/unit.test.ts: quick',
  ]);
});

test('twenty tests at most are named, each on one line', () => {
  const many = Array.from({ length: 30 }, (_, n): [string, number] => [`SELECT\n  ${n}`, n + 1]);
  const lines = timeLines([ended('flink', 1, ...many)], 1).slice(4);
  expect(lines).toHaveLength(20);
  expect(lines[0]).toContain('SELECT 29');
});
