import { setTimeout as delay } from 'node:timers/promises';
import type { InputRecord } from '#sandbox/generators/generator.ts';

export interface LiveInput {
  /** Name on the broker. */
  topic: string;
  records: readonly InputRecord[];
  perSecond: number;
}

/** Records that are due within this time go out together. */
const TICK_MS = 50;

/**
 * Produces the records of inputs that arrive while a program runs, each at its pace, until they are used up or `signal` is aborted.
 * @throws what `produce` throws
 */
export async function feedLive(
  kafka: { produce(topic: string, records: readonly InputRecord[]): Promise<unknown> },
  inputs: readonly LiveInput[],
  signal: AbortSignal,
): Promise<void> {
  await Promise.all(inputs.map((input) => feed(kafka, input, signal)));
}

async function feed(kafka: Parameters<typeof feedLive>[0], { topic, records, perSecond }: LiveInput, signal: AbortSignal) {
  const start = performance.now();
  const dueAt = (index: number) => start + ((index + 1) * 1000) / perSecond;
  for (let sent = 0; sent < records.length; ) {
    const waitMs = Math.max(TICK_MS, dueAt(sent) - performance.now());
    await delay(waitMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    const now = performance.now();
    const due = records.slice(sent).filter((_, index) => dueAt(sent + index) <= now);
    if (due.length === 0) continue;
    await kafka.produce(topic, due);
    sent += due.length;
  }
}
