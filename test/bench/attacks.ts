import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { clusterFile } from '#sandbox/languages/typescript/cluster-file.ts';
import { clusterEnvironment } from '#sandbox/languages/typescript/program-files.ts';
import type { BenchStack } from './stack.ts';
import { round, summary, timed } from './statistics.ts';

const TIMES = 20;
const EVERY_MS = 1000;
/** How long an attack goes on when it has sent everything. */
const HOLD_MS = 1500;
const ATTACKS = ['announced sizes', 'large members of groups', 'many groups', 'zstd that inflates', 'gzip that inflates'];
const LIMITS = { timeMs: 30_000, memoryMb: 256, processes: 128, outputBytes: 64 * 1024 };

/**
 * A neighbour's run each second, alone and beside attacks on the shared broker, 20 of each kind: times in ms, the ratio of their 95th
 * percentiles, and how often the broker was restarted. Aims: at most twice, and never.
 */
export async function benchAttacks(bench: BenchStack) {
  const { broker } = bench.stack;
  await using ada = await openLearner(bench);
  await using bob = await openLearner(bench);
  const neighbour = fixture('neighbour');
  await bob.run(neighbour); // the first run of a sandbox is slower
  const alone: number[] = [];
  while (alone.length < TIMES) alone.push(await everySecond(() => bob.run(neighbour)));
  const kinds: Record<string, unknown> = {};
  for (const attack of ATTACKS) {
    const { incarnation } = broker;
    const program = `const given = ${JSON.stringify({ attack, holdMs: HOLD_MS })};\n${fixture('broker-attacks')}`;
    let attacking = true;
    const beside: number[] = [];
    const work = async () => {
      while (attacking) beside.push(await everySecond(() => bob.run(neighbour)));
    };
    const attacks = async () => {
      for (let count = 0; count < TIMES; count++) await ada.run(program);
      attacking = false;
    };
    await Promise.all([attacks(), work()]);
    const ratio = round(summary(beside).p95 / summary(alone).p95, 2);
    kinds[attack] = { besideMs: summary(beside), ratioP95: ratio, aimRatio: 2, sameBroker: broker.incarnation === incarnation };
  }
  return { attacksOfEachKind: TIMES, aloneMs: summary(alone), kinds };
}

function fixture(name: string): string {
  return readFileSync(join(PROJECT_DIR, 'test/fixtures/trust', `${name}.ts`), 'utf8');
}

/** Starts again a second after it was started, or when it has ended. */
async function everySecond(act: () => Promise<void>): Promise<number> {
  const [ms] = await Promise.all([timed(act), delay(EVERY_MS)]);
  return ms;
}

async function openLearner({ stack }: BenchStack) {
  const { provider, tenancy } = stack;
  const tenant = await tenancy.create();
  const topics = await tenancy.createTopics(tenant, 1, [{ logical: 'own', partitions: 1 }]);
  const workspace = await provider.openWorkspace({ reach: { kafka: tenancy.broker } });
  const env = clusterEnvironment({ address: workspace.address('kafka'), tenant, topics });
  return {
    async run(text: string): Promise<void> {
      const files = { 'main.ts': text, 'cluster.ts': clusterFile(['own']) };
      let output = '';
      const onOutput = (chunk: { text: string }) => {
        output += chunk.text;
      };
      const result = await workspace.run({ files, entry: 'main.ts', env }, { limits: LIMITS, onOutput });
      if (result.kind !== 'exited' || result.exitCode !== 0) throw new Error(`${JSON.stringify(result)}: ${output}`);
    },
    [Symbol.asyncDispose]: () => workspace[Symbol.asyncDispose](),
  };
}
