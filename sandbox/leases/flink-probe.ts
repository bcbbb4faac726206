/**
 * Whether a JVM still works. One whose heap is full does not fail: it collects garbage for seconds between any two answers.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { hasEnded } from '#sandbox/services/flink/client/jobs.ts';
import type { FlinkSeat } from '#sandbox/services/flink/session/seat.ts';
import { openSqlSession } from '#sandbox/services/flink/session/session.ts';

/** No tenant: the probe needs neither a topic nor a credential. */
const PROBER = { principal: 'probe', password: 'no-password', prefix: 'probe.' };
const PAUSE_MS = 20;

/** Asks for something that costs a few milliseconds and starts no job. @throws when it is not answered in time */
export function glance(seat: FlinkSeat, limitMs: number): Promise<void> {
  return ask(seat, 'SHOW TABLES', limitMs);
}

/** Runs a job. @throws when it has not ended in time */
export function probe(seat: FlinkSeat, limitMs: number): Promise<void> {
  return ask(seat, 'SELECT 1', limitMs);
}

/** Ends every job that is left in it. @throws when they have not ended in time */
export async function endJobs({ jobs }: FlinkSeat, limitMs: number): Promise<void> {
  const signal = AbortSignal.timeout(limitMs);
  for (;;) {
    const left = (await jobs.list(signal)).filter(({ state }) => !hasEnded(state));
    if (left.length === 0) return;
    await Promise.all(left.map(({ id }) => jobs.cancel(id, signal)));
    await delay(PAUSE_MS, undefined, { signal });
  }
}

async function ask(seat: FlinkSeat, sql: string, limitMs: number): Promise<void> {
  const signal = AbortSignal.timeout(limitMs);
  const { promise: late, reject } = Promise.withResolvers<never>();
  signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  await Promise.race([answered(seat, sql, signal), late]);
}

async function answered(seat: FlinkSeat, sql: string, signal: AbortSignal): Promise<void> {
  const options = { flink: seat, tenant: PROBER, generation: 1, bounded: true, maxJobs: 1, signal };
  await using session = await openSqlSession(options);
  const operation = await seat.gateway.submit(session.id, sql, signal);
  for (let token = 0; ; ) {
    const page = await seat.gateway.fetch(session.id, operation, token, signal);
    if (page.state === 'end') return;
    if (page.rows.length === 0) await delay(PAUSE_MS, undefined, { signal });
    token = page.nextToken;
  }
}
