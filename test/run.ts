/**
 * `npm test`: installs what the suites need where it may, then lint, types, the site's check and every suite that this machine can run.
 * What it leaves out it says at the end. The last line is `N passed, N failed`; the exit code is 0 only when something passed and nothing
 * failed.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { PROJECT_DIR, readConfig } from '#sandbox/config.ts';
import { lacksOf } from './suite/machine.ts';
import { type Count, runTool, runVitestProject } from './suite/vitest-project.ts';

spawnSync('bash', [join(PROJECT_DIR, 'test/setup-machine.sh')], { stdio: ['ignore', 'inherit', 'inherit'] });

const lacks = await lacksOf(readConfig());
const counts: Count[] = [];
const leftOut: string[] = [];

await step('lint', () => runTool('biome', ['ci', '.']));
await step('types', () => runTool('tsc', []));
await step('site', () => runTool('node', ['site/check.ts']));
await suite('unit', null);
await suite('kafka', lacks.kafka);
await suite('flink', lacks.kafka ?? lacks.flink);
await suite('e2e', lacks.kafka ?? lacks.browser);

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

async function suite(project: string, lack: string | null): Promise<void> {
  if (lack !== null) {
    leftOut.push(`the whole suite "${project}", since this machine lacks: ${lack}`);
    return;
  }
  console.log(`\n== ${project}`);
  counts.push(await runVitestProject(project));
}
