/**
 * `npm test`: installs what the suites need where it may, then runs every suite that this machine can run, two at a time where
 * the memory allows; `npm test -- --suite NAME` runs one. It ends with the minutes of each suite, the slowest tests and what was left
 * out. The last line is `N passed, N failed`; the exit code is 0 only when something passed and nothing failed, and 64 for a suite that
 * does not exist.
 */
import { totalmem } from 'node:os';
import { readConfig } from '#sandbox/config.ts';
import { buildSite } from '../site/build.ts';
import { chooseSuites } from './suite/choose.ts';
import { type EngineOnDemand, engineAnswers, engineOnDemand } from './suite/engine.ts';
import { runInLanes } from './suite/lanes.ts';
import { lacksOf, prepareForTests } from './suite/machine.ts';
import type { Suite } from './suite/suites.ts';
import { type Ended, timeLines } from './suite/summary.ts';
import { type Count, sum } from './suite/vitest-report.ts';

/** A suite with services takes up to 6 GB, most of it for Flinks and containers. Three at a time keep two cores no busier than two. */
const LANES = totalmem() > 12e9 ? 2 : 1;
/** What other suites do without. */
const NEED_NO_MACHINE = ['lint', 'types', 'site'];
const NEED_SITE = ['docker', 'e2e'];
/** After which every suite ends in order, and an engine of ours with them. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const config = readConfig();
const suites = choose();
const names = suites.map(({ name }) => name);
const began = performance.now();
if (!names.every((name) => NEED_NO_MACHINE.includes(name))) {
  await prepareForTests(config, await engineAnswers());
}
const lacks = await lacksOf(config);
const stopping = new AbortController();
for (const signal of SIGNALS) process.once(signal, () => stopping.abort());
// Once for all suites: two of them would build it at the same moment. Whoever needs it says why it cannot be built.
if (names.some((name) => NEED_SITE.includes(name))) await buildSite({ onProgress: () => undefined }).catch(() => undefined);

const ended: Ended[] = [];
try {
  await using onDemand = engineOnDemand(config);
  const { engine } = onDemand;
  const beside = suites.filter(({ alone }) => !alone);
  await runInLanes(beside, LANES, {
    run: (suite) => end(suite, engine, beside.length > 1 && LANES > 1),
    after: (suite) => beside.find(({ name }) => name === suite.after),
  });
  for (const suite of suites.filter(({ alone }) => alone)) await end(suite, engine, false);
} catch (error) {
  // An engine that does not stop is a failure like any other.
  ended.push({ suite: 'engine', ms: 0, count: broken(error) });
}

for (const line of timeLines(ended, performance.now() - began)) console.log(line);
const { passed, failed, leftOut } = sum(ended.map(({ count }) => count));
for (const what of leftOut) console.log(`LEFT OUT: ${what}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

/** Runs a suite. Of one that runs beside another the output comes whole when it has ended. */
async function end(suite: Suite, engine: EngineOnDemand['engine'], isBeside: boolean): Promise<void> {
  const said: string[] = [];
  const write = isBeside ? (text: string) => void said.push(text) : undefined;
  console.log(isBeside ? `${suite.name} begins` : `\n== ${suite.name}`);
  const start = performance.now();
  const count = await suite.run({ lacks, signal: stopping.signal, write, engine }).catch(broken);
  if (isBeside) console.log(`\n== ${suite.name}\n${said.join('')}`);
  if (count.failed > 0) console.log(`FAILED: ${suite.name}`);
  ended.push({ suite: suite.name, ms: performance.now() - start, count });
}

/** A suite that could not be run at all. */
function broken(error: unknown): Count {
  console.error(error);
  return { passed: 0, failed: 1, leftOut: [], times: [] };
}

function choose(): readonly Suite[] {
  try {
    return chooseSuites(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(64);
  }
}
