import { z } from 'zod';

/** What somebody waits for, by code; the page has the words. `…-start` is told while the machine makes one for whoever waits. */
export const waitingForSchema = z.enum([
  /** The broker that all share. */
  'kafka',
  /** That sandboxes can be opened again. */
  'provider',
  'sandbox',
  'sandbox-start',
  /** That few enough programs start at the same moment. */
  'processor',
  'topics',
  /** The end of the learner's run before this one. */
  'last-run',
  'flink',
  'flink-start',
  'dedicated-kafka',
  'dedicated-kafka-start',
]);

export const waitingSchema = z.strictObject({
  for: waitingForSchema,
  /** Position in the queue from 1, which is next; null where there is no queue. */
  position: z.number().int().min(1).nullable(),
  /** What the machine says while it starts something, such as a download, as text. */
  progress: z.string().nullable(),
});

export type WaitingFor = z.infer<typeof waitingForSchema>;
export type Waiting = z.infer<typeof waitingSchema>;

export function waitingFor(what: WaitingFor, how: { position?: number; progress?: string } = {}): Waiting {
  return { for: what, position: how.position ?? null, progress: how.progress ?? null };
}

/** Returns whether there is nothing new to tell. */
export function saysTheSame(one: Waiting | null, other: Waiting | null): boolean {
  return one?.for === other?.for && one?.position === other?.position && one?.progress === other?.progress;
}
