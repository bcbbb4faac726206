/**
 * `npm test`: installs what the suites need where it may, then lint, types, the site's check and every suite that this machine can run.
 * What it leaves out it says at the end. The last line is `N passed, N failed`; the exit code is 0 only when something passed and nothing
 * failed.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { PROJECT_DIR, readConfig } from '#sandbox/config.ts';
import { engineAnswers, openTestEngine } from './suite/engine.ts';
import { lacksOf } from './suite/machine.ts';
import { type Count, runTool, runVitestProject, type ToolOptions } from './suite/vitest-project.ts';

const setUp = [join(PROJECT_DIR, 'test/setup-machine.sh'), ...((await engineAnswers()) ? [] : ['engine'])];
spawnSync('bash', setUp, { stdio: ['ignore', 'inherit', 'inherit'] });

/** After which the container suites end in order; the others are ended by them as any process is. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const config = readConfig();
const lacks = await lacksOf(config);
const counts: Count[] = [];
const leftOut: string[] = [];

await step('lint', () => runTool('biome', ['ci', '.']));
await step('types', () => runTool('tsc', []));
await step('site', () => runTool('node', ['site/check.ts']));
await suite('unit', null);
await suite('kafka', lacks.kafka);
await suite('flink', lacks.kafka ?? lacks.flink);
await suite('e2e', lacks.kafka ?? lacks.browser);
await containerSuite();

for (const { leftOut: titles } of counts) leftOut.push(...titles.map((title) => `the test "${title}"`));
for (const what of leftOut) console.log(`LEFT OUT: ${what}`);
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

async function step(name: string, run: () => Promise<number>): Promise<void> {
  console.log(`\n== ${name}`);
  const failed = (await run()) === 0 ? 0 : 1;
  if (failed) console.log(`FAILED: ${name}`);
  counts.push({ passed: 1 - failed, failed, leftOut: [] });
}

/** The engine stops when the tests end, however they end: the machine is left as it was found. */
async function containerSuite(): Promise<void> {
  const stopping = new AbortController();
  for (const signal of SIGNALS) process.once(signal, () => stopping.abort());
  try {
    await using engine = await openTestEngine(config);
    await suite('docker', engine.lack, { environment: engine.environment, signal: stopping.signal });
  } catch (error) {
    console.error(error);
    console.log('FAILED: docker');
    counts.push({ passed: 0, failed: 1, leftOut: [] });
  }
}

async function suite(project: string, lack: string | null, options: ToolOptions = {}): Promise<void> {
  if (lack !== null) {
    leftOut.push(`the whole suite "${project}", since this machine lacks: ${lack}`);
    return;
  }
  console.log(`\n== ${project}`);
  counts.push(await runVitestProject(project, options));
}
