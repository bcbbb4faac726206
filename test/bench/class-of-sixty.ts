import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { drawRound } from '#sandbox/generators/round.ts';
import { brokersOf, clusterEnvironment, programFiles } from '#sandbox/languages/typescript/program-files.ts';
import type { WorkspacePool } from '#sandbox/leases/workspace-pool.ts';
import { connectEngine } from '#sandbox/providers/docker/engine.ts';
import { INSTANCE } from '#sandbox/providers/docker/labels.ts';
import { openStartGate, type StartGate } from '#sandbox/runs/start-gate.ts';
import { memoryOfTree, until } from './product.ts';
import type { BenchStack } from './stack.ts';
import { round, summary, timed } from './statistics.ts';

const LEARNERS = 60;
const WITHIN_MS = 1000;
const WARM_LIMIT_MS = 300_000;
const SEED = 60;

/**
 * Sixty workspaces warm at once: seconds until they are, and their memory; then one Run of the first lesson's solution in each, begun
 * within a second: out of the pool, topics, program to its end, in ms.
 */
export async function benchClass(bench: BenchStack, pool: WorkspacePool) {
  const before = availableMb();
  const warmMs = await timed(async () => {
    pool.raise(LEARNERS);
    await until(
      async () => pool.counts().spare,
      (spare) => spare >= LEARNERS,
      WARM_LIMIT_MS,
    );
  });
  const memory = { ofTheMachineMb: before - availableMb(), pssMb: await pssOfWorkspaces() };
  const tenants = [];
  for (let i = 0; i < LEARNERS; i++) tenants.push(await bench.stack.tenancy.create());
  const gate = openStartGate(bench.config.limits.starting);
  // A learner keeps the workspace after the Run.
  await using kept = new AsyncDisposableStack();
  const failures: string[] = [];
  const begun = performance.now();
  const times = await Promise.all(
    tenants.map(async (tenant, index) => {
      await delay((index * WITHIN_MS) / LEARNERS);
      return timed(async () => {
        const failure = await runOnce(bench, { pool, gate, tenant, kept });
        if (failure) failures.push(failure);
      });
    }),
  );
  const allMs = performance.now() - begun;
  for (const tenant of tenants) await bench.stack.tenancy.remove(tenant);
  return {
    warmSeconds: round(warmMs / 1000),
    memory: { ...memory, pssMbEach: round(memory.pssMb / LEARNERS) },
    runs: {
      done: LEARNERS - failures.length,
      failures: [...new Set(failures)],
      ms: summary(times),
      allSeconds: round(allMs / 1000),
    },
  };
}

type Tenant = Awaited<ReturnType<BenchStack['stack']['tenancy']['create']>>;

/** How it ended, unless as it should. */
async function runOnce(
  { stack, catalog, config }: BenchStack,
  { pool, gate, tenant, kept }: { pool: WorkspacePool; gate: StartGate; tenant: Tenant; kept: AsyncDisposableStack },
): Promise<string | null> {
  const exercise = catalog.exercise('log/append');
  const files = { 'main.ts': readFileSync(join(exercise.dir, 'solution/main.ts'), 'utf8') };
  const workspace = kept.use(await pool.take());
  const data = drawRound(exercise.spec, SEED, 1);
  const topics = await stack.tenancy.createTopics(tenant, 1, data.topics);
  const env = clusterEnvironment({ ...brokersOf(workspace, []), tenant, topics });
  using _starting = await gate.enter(tenant.principal, new AbortController().signal, () => undefined);
  const result = await workspace.run(
    { files: programFiles(exercise, files, data), entry: 'main.ts', env },
    { limits: { ...config.limits.program, timeMs: exercise.spec.limits.runMs }, onOutput: () => undefined },
  );
  return result.kind === 'exited' && result.exitCode === 0 ? null : JSON.stringify({ ...result, durationMs: 0 });
}

/** Of all that runs in them. */
async function pssOfWorkspaces(): Promise<number> {
  const docker = await connectEngine();
  const filters = JSON.stringify({ label: [INSTANCE, 'streamwright.role=workspace'] });
  const containers = await docker.listContainers({ filters });
  let sum = 0;
  for (const { Id } of containers) {
    const { State } = await docker.getContainer(Id).inspect();
    for (const { pssMb } of memoryOfTree(State.Pid)) sum += pssMb;
  }
  return sum;
}

function availableMb(): number {
  return Math.round(Number(/^MemAvailable:\s+(\d+)/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]) / 1024);
}
