import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ensureImage } from '#sandbox/images/images.ts';
import type { WorkspacePool } from '#sandbox/leases/workspace-pool.ts';
import { connectEngine } from '#sandbox/providers/docker/engine.ts';
import { workspaceImage } from '#sandbox/providers/docker/image/workspace-image.ts';
import { bareProgram } from './bare-program.ts';
import { benchClass } from './class-of-sixty.ts';
import { plainKafka } from './plain-kafka.ts';
import { until } from './product.ts';
import type { BenchStack } from './stack.ts';
import { round, summary, timed } from './statistics.ts';

const TAKES = 5;
const SPAWNS = 25;
const SPARE_LIMIT_MS = 60_000;
const FILES = { 'main.ts': "console.log('hello');\n" };
const run = promisify(execFile);

/** Containers of the Docker provider against what one does without it, alternately; and a class of sixty. Times in ms. */
export async function benchDocker(bench: BenchStack) {
  const { stack, parts } = bench;
  const pool = parts.workspaces;
  return {
    isolation: stack.provider.isolation,
    warmSandbox: await benchTake(bench, pool),
    spawn: await benchSpawns(bench, pool),
    sixty: await benchClass(bench, pool),
  };
}

/** A warm workspace out of the pool, against starting our image of Kafka by Testcontainers and waiting for its log. */
async function benchTake({ config }: BenchStack, pool: WorkspacePool) {
  await using kafka = await plainKafka(config);
  const timings = { ours: [] as number[], baseline: [] as number[] };
  for (let i = 0; i < TAKES; i++) {
    pool.warm();
    await until(
      async () => pool.counts().spare,
      (spare) => spare > 0,
      SPARE_LIMIT_MS,
    );
    const from = performance.now();
    const workspace = await pool.take();
    timings.ours.push(performance.now() - from);
    await workspace[Symbol.asyncDispose]();
    timings.baseline.push(await kafka.start());
  }
  const [ours, baseline] = [summary(timings.ours), summary(timings.baseline)];
  return { aimRatio: 0.05, ours, genericContainer: baseline, ratio: round(ours.p50 / baseline.p50, 4) };
}

/** A program that prints one line, spawn to exit: in a warm workspace, bare, and in a container of its own each time. */
async function benchSpawns({ config }: BenchStack, pool: WorkspacePool) {
  await using workspace = await pool.take();
  using bare = bareProgram(FILES);
  const image = await ensureImage(workspaceImage, { docker: await connectEngine(), config });
  const program = ['--entrypoint', '/usr/local/bin/node', image, '--input-type=module-typescript', '-e', FILES['main.ts']];
  const tasks = {
    ours: () => workspace.run({ files: FILES, entry: 'main.ts' }, { limits: config.limits.program, onOutput: () => undefined }),
    bare: () => bare.run(),
    dockerRun: () => run('docker', ['run', '--rm', '--network', 'none', ...program]),
  };
  const timings = { ours: [] as number[], bare: [] as number[], dockerRun: [] as number[] };
  for (let i = 0; i < SPAWNS; i++) {
    timings.ours.push(await timed(tasks.ours));
    timings.bare.push(await timed(tasks.bare));
    timings.dockerRun.push(await timed(tasks.dockerRun));
  }
  const [ours, bareNode, dockerRun] = [summary(timings.ours), summary(timings.bare), summary(timings.dockerRun)];
  return {
    ...{ ours, bareNode, dockerRun },
    againstBareNode: { aimRatio: 1.3, ratio: round(ours.p50 / bareNode.p50, 2) },
    againstDockerRun: { aimRatio: 0.25, ratio: round(ours.p50 / dockerRun.p50, 3) },
  };
}
