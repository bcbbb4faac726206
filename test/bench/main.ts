/**
 * `npm run bench [part ...]`: measures this machine and prints one JSON object. Every ratio is taken in one run, both sides alternately.
 * Parts: spawn, check, flink, run, page, memory, start; all of them unless named. Five more are named alone: attacks; lens, which takes three
 * minutes; lighthouse, which npx fetches; and two that need a container engine: docker, and kills, which takes half an hour.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { PROJECT_DIR, readConfig } from '#sandbox/config.ts';
import { benchAttacks } from './attacks.ts';
import { benchCheck } from './check.ts';
import { benchDocker } from './docker.ts';
import { benchFlink } from './flink.ts';
import { benchKills } from './kills.ts';
import { benchLens } from './lens.ts';
import { benchLighthouse } from './lighthouse.ts';
import { benchPage } from './page.ts';
import { memoryOfTree, startProduct } from './product.ts';
import { benchRun } from './run.ts';
import { benchSpawn } from './spawn.ts';
import { openBenchStack } from './stack.ts';
import { benchStart } from './start.ts';

const PARTS = ['spawn', 'check', 'flink', 'run', 'page', 'memory', 'start'];
const PARTS_APART = ['attacks', 'lens', 'lighthouse', 'docker', 'kills'];
/** As `npm start` has it. */
const HEAP = ['--max-semi-space-size=4'];
const wanted = process.argv.length > 2 ? process.argv.slice(2) : PARTS;
const known = [...PARTS, ...PARTS_APART];
const unknown = wanted.filter((part) => !known.includes(part));
if (unknown.length > 0) {
  console.error(`unknown: ${unknown.join(', ')}. Hint: the parts are ${known.join(', ')}.`);
  process.exit(64);
}
const wants = (...parts: string[]) => parts.some((part) => wanted.includes(part));
const result: Record<string, unknown> = {
  node: process.version,
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
};

if (wants('spawn', 'check', 'flink')) {
  await using bench = await openBenchStack();
  if (wants('spawn')) result.spawn = await benchSpawn(bench);
  if (wants('check')) result.check = await benchCheck(bench);
  if (wants('flink')) result.flink = await benchFlink(bench);
}
if (wants('attacks')) {
  await using bench = await openBenchStack();
  result.attacks = await benchAttacks(bench);
}
if (wants('lens')) result.lens = await benchLens();
if (wants('lighthouse')) result.lighthouse = await benchLighthouse();
if (wants('docker')) {
  await using bench = await openBenchStack({ ...readConfig(), provider: 'docker' });
  result.docker = await benchDocker(bench);
}
if (wants('kills')) result.kills = await benchKills();
if (wants('run', 'page', 'memory')) await measureProduct();
if (wants('start')) result.start = await benchStart();
console.log(JSON.stringify(result, null, 2));

async function measureProduct(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'streamwright-home-'));
  const command: [string, ...string[]] = [process.execPath, ...HEAP, join(PROJECT_DIR, 'sandbox/main.ts')];
  const product = await startProduct({
    command,
    cwd: PROJECT_DIR,
    env: { PORT: '0', STREAMWRIGHT_HOME: home },
    limitMs: 300_000,
  });
  try {
    if (wants('run')) result.run = await benchRun(product);
    if (wants('page')) result.page = await benchPage(product);
    if (wants('memory')) result.memory = { aimMb: { server: 150, kafka: 300 }, processes: memoryOfTree(product.pid) };
  } finally {
    await product.stop();
    rmSync(home, { recursive: true, force: true });
  }
}
