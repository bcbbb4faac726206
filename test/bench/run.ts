import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LIMITS, PROJECT_DIR } from '#sandbox/config.ts';
import { runSchema } from '#sandbox/protocol/run.ts';
import { call, type RunningProduct, until } from './product.ts';
import { summary, timed } from './statistics.ts';

const COUNT = 20;
/** As fast as one learner may run. */
const EVERY_MS = LIMITS.pace.runs.windowMs / LIMITS.pace.runs.count + 100;
const LESSON = 'log/append';

/** A whole Run of the lesson's solution over HTTP: from the click to its end, and the server's own phases, in ms. */
export async function benchRun(product: RunningProduct) {
  const files = { 'main.ts': readFileSync(join(PROJECT_DIR, 'lessons/01-log/01-append/solution/main.ts'), 'utf8') };
  await call(product, 'POST', '/api/sandbox', { lesson: LESSON });
  const totals: number[] = [];
  const phases: Record<string, number[]> = {};
  for (let i = 0; i < COUNT; i++) {
    const next = delay(EVERY_MS);
    totals.push(
      await timed(async () => {
        const started = await call(product, 'POST', '/api/runs', { lesson: LESSON, files });
        const { runId } = started as { runId: string };
        const read = async () => runSchema.parse(await call(product, 'GET', `/api/runs/${runId}`));
        const run = await until(read, ({ status }) => status === 'finished' || status === 'error', 60_000);
        if (run.result?.kind !== 'exited' || run.result.exitCode !== 0)
          throw new Error(`the solution ended with ${JSON.stringify(run.result ?? run.error)}`);
        for (const [phase, ms] of Object.entries(run.phases)) phases[phase] = [...(phases[phase] ?? []), ms ?? 0];
      }),
    );
    await next;
  }
  return {
    totalMs: summary(totals),
    phasesMs: Object.fromEntries(Object.entries(phases).map(([phase, ms]) => [phase, summary(ms)])),
  };
}
