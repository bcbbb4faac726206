import { relative } from 'node:path';
import { z } from 'zod';
import { PROJECT_DIR } from '#sandbox/config.ts';

/** What came of the tests of a suite. */
export interface Count {
  passed: number;
  failed: number;
  /** Titles of the tests that were left out. */
  leftOut: string[];
  /** Of each test that ran, how long it took. */
  times: TestTime[];
}

export interface TestTime {
  /** Path in the project. */
  file: string;
  title: string;
  ms: number;
}

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string(), duration: z.number().nullish() })),
    }),
  ),
});

/** Counts the tests of a report of vitest's JSON reporter. A file that could not be loaded counts as one failed test. */
export function countTests(report: string): Count {
  const files = reportSchema.parse(JSON.parse(report)).testResults;
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const having = (...statuses: string[]) => tests.filter(({ status }) => statuses.includes(status));
  const failed = having('failed').length;
  const brokenFiles = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  );
  return {
    passed: having('passed').length,
    failed: failed + brokenFiles.length,
    leftOut: having('skipped', 'pending', 'disabled', 'todo').map(({ fullName }) => fullName),
    times: files.flatMap(({ name, assertionResults }) =>
      assertionResults.flatMap(({ fullName, duration }) =>
        duration ? [{ file: relative(PROJECT_DIR, name), title: fullName, ms: duration }] : [],
      ),
    ),
  };
}

/** Adds up what came of several. */
export function sum(counts: readonly Count[]): Count {
  return {
    passed: counts.reduce((total, { passed }) => total + passed, 0),
    failed: counts.reduce((total, { failed }) => total + failed, 0),
    leftOut: counts.flatMap(({ leftOut }) => leftOut),
    times: counts.flatMap(({ times }) => times),
  };
}
