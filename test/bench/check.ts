import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gradingParts } from '#sandbox/app/grading-parts.ts';
import { drawSubmissionRound } from '#sandbox/generators/round.ts';
import { gradeSubmission } from '#sandbox/grading/grade.ts';
import { clusterEnvironment, programFiles } from '#sandbox/languages/typescript/program-files.ts';
import type { Tenant } from '#sandbox/tenancy/tenancy.ts';
import { bareProgram } from './bare-program.ts';
import type { BenchStack } from './stack.ts';
import { round, summary, timed } from './statistics.ts';

const COUNT = 10;

/**
 * A Check of `log/append` with spares ready, from handing in to the report, against the same programs run by hand one after another on
 * the same seeds: bare `node main.ts` against topics that exist already. In ms.
 */
export async function benchCheck(bench: BenchStack) {
  const { parts, stack, catalog, config } = bench;
  const exercise = catalog.exercise('log/append');
  const files = { 'main.ts': readFileSync(join(exercise.dir, 'solution/main.ts'), 'utf8') };
  const timings = { ours: [] as number[], baseline: [] as number[] };
  for (let seed = 1; seed <= COUNT; seed++) {
    const spares = [await stack.tenancy.create(), await stack.tenancy.create()];
    const tenants = async () => spares.shift() ?? stack.tenancy.create();
    const grade = async () => {
      const report = await gradeSubmission({
        ...gradingParts(parts, stack),
        ...{ exercise, files, seed, tenants, config },
        submissionId: `bench-${seed}`,
        queuedAt: new Date(),
        signal: AbortSignal.timeout(120_000),
      });
      if (report.status !== 'pass') throw new Error(`the solution got ${report.status}: ${JSON.stringify(report.checks)}`);
    };
    timings.ours.push(await timed(grade));
    timings.baseline.push(await byHand(bench, { files, seed }));
  }
  const [ours, baseline] = [summary(timings.ours), summary(timings.baseline)];
  return { aimRatio: 2, ours, baseline, ratio: round(ours.p50 / baseline.p50, 2) };
}

async function byHand(
  { stack, catalog }: BenchStack,
  { files, seed }: { files: Record<string, string>; seed: number },
): Promise<number> {
  const exercise = catalog.exercise('log/append');
  const tenants: Tenant[] = [];
  let total = 0;
  for (let number = 1; number <= exercise.spec.rounds; number++) {
    const data = drawSubmissionRound(exercise.spec, seed, number);
    const tenant = await stack.tenancy.create();
    tenants.push(tenant);
    const topics = await stack.tenancy.createTopics(tenant, 1, data.topics);
    using program = bareProgram(programFiles(exercise, files, data));
    const environment = clusterEnvironment({ address: stack.broker.endpoint, tenant, topics });
    total += await timed(() => program.run(environment));
  }
  for (const tenant of tenants) await stack.tenancy.remove(tenant);
  return total;
}
