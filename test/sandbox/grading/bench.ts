import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Catalog } from '#sandbox/catalog/catalog.ts';
import { loadCatalog } from '#sandbox/catalog/load.ts';
import { LIMITS, PROJECT_DIR } from '#sandbox/config.ts';
import { gradeSubmission } from '#sandbox/grading/grade.ts';
import { type GraderPool, openGraderPool } from '#sandbox/grading/grader-pool.ts';
import type { CheckResult, Report } from '#sandbox/protocol/report.ts';
import { stackFixture } from '../../stack-fixture.ts';

/** Grades programs on the suite's broker. Called once at the top of a test file. */
export function openTestBench() {
  const stack = stackFixture();
  let graders: GraderPool | null = null;
  let catalog: Catalog | null = null;
  beforeAll(async () => {
    graders = openGraderPool(2);
    catalog = await loadCatalog(join(PROJECT_DIR, 'lessons'));
  });
  afterAll(() => graders?.[Symbol.asyncDispose]());
  const opened = () => {
    if (!graders || !catalog) throw new Error('the bench is open inside tests and hooks only');
    return { graders, catalog };
  };
  const bench = () => ({
    provider: stack.provider,
    tenancy: stack.tenancy,
    kafka: stack.kafka,
    graders: opened().graders,
    config: { limits: LIMITS },
    signal: new AbortController().signal,
  });
  return {
    stack,
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
