import { expect, test } from 'vitest';
import { needsOf } from '#sandbox/catalog/needs.ts';
import { runLimitMs } from '#sandbox/catalog/run-limit.ts';

test.each([
  [
    'a program needs a workspace',
    { language: 'ts', services: ['kafka'], broker: 'shared' },
    { dedicatedBrokers: 0, lent: ['workspace'] },
  ],
  [
    'a program that operates a broker needs its own broker',
    { language: 'ts', services: ['kafka'], broker: 'dedicated' },
    { dedicatedBrokers: 1, lent: ['workspace'] },
  ],
  [
    'or three of them',
    { language: 'ts', services: ['kafka'], broker: 'dedicated', brokers: 3 },
    { dedicatedBrokers: 3, lent: ['workspace'] },
  ],
  [
    'SQL needs a Flink, once, and no workspace',
    { language: 'flink-sql', services: ['kafka', 'flink'], broker: 'shared' },
    { dedicatedBrokers: 0, lent: ['flink'] },
  ],
] as const)('%s', (_, spec, needs) => {
  expect(needsOf({ ...spec, services: [...spec.services] })).toEqual(needs);
});

test("limits a Run by its exercise, and a query that runs until it is stopped by the server's setting", () => {
  const limits = { runMs: 20_000 };
  expect(runLimitMs({ language: 'ts', limits }, 600_000)).toBe(20_000);
  expect(runLimitMs({ language: 'flink-sql', limits }, 600_000)).toBe(600_000);
});
