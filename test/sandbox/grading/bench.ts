import { rm } from 'node:fs/promises';
import { afterAll, beforeAll } from 'vitest';
import { gradingParts } from '#sandbox/app/grading-parts.ts';
import { openParts, type Parts } from '#sandbox/app/parts.ts';
import type { Catalog } from '#sandbox/catalog/catalog.ts';
import { loadCatalog } from '#sandbox/catalog/load.ts';
import { readConfig } from '#sandbox/config.ts';
import { gradeSubmission } from '#sandbox/grading/grade.ts';
import { makeTemporaryFolder } from '#sandbox/host/instance-name.ts';
import type { CheckResult, Report } from '#sandbox/protocol/report.ts';
import { stackFixture } from '../../stack-fixture.ts';

/**
 * Grades programs with the product's parts on the suite's broker. Called once at the top of a test file.
 *
 * @param flinks how many there are at most, and are kept warm; as configured when left out
 */
export function openTestBench({ flinks }: { flinks?: number } = {}) {
  const fixture = stackFixture();
  const read = readConfig();
  const flink = flinks === undefined ? read.limits.flink : { ...read.limits.flink, spares: flinks, cap: flinks };
  const config = { ...read, limits: { ...read.limits, flink } };
  const resources = new AsyncDisposableStack();
  let open: { parts: Parts; catalog: Catalog } | null = null;
  beforeAll(async () => {
    const dir = resources.adopt(await makeTemporaryFolder(), (path) => rm(path, { recursive: true, force: true }));
    const { stack } = fixture;
    const onFault = (what: string, error: unknown) => console.error(what, error);
    const parts = resources.use(await openParts({ config, dir, graders: 2, open: async () => stack, onFault }));
    open = { parts, catalog: await loadCatalog(config.lessonsDir) };
  });
  afterAll(() => resources.disposeAsync());
  const opened = () => {
    if (!open) throw new Error('the bench is open inside tests and hooks only');
    return open;
  };
  const bench = () => ({
    ...gradingParts(opened().parts, fixture.stack),
    config,
    signal: new AbortController().signal,
  });
  return {
    stack: fixture,
    bench,
    get catalog() {
      return opened().catalog;
    },
    grade: (lesson: string, program: string, options: { seed?: number } = {}): Promise<Report> =>
      gradeSubmission({
        ...bench(),
        ...options,
        exercise: opened().catalog.exercise(lesson),
        files: { 'main.ts': program },
        submissionId: 'test',
        queuedAt: new Date(),
      }),
  };
}

/** The check that the report opens. */
export function firstFailure(report: Report): Extract<CheckResult, { status: 'fail' }> | undefined {
  return report.checks.find((check) => check.status === 'fail');
}
