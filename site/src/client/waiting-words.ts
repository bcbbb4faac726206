/** What the learner waits for, in the page's words. */
import type { Waiting, WaitingFor } from '#sandbox/protocol/waiting.ts';

const WORDS: Record<WaitingFor, string> = {
  kafka: 'kafka',
  provider: 'sandboxes, which cannot be opened at the moment',
  sandbox: 'a free sandbox',
  'sandbox-start': 'a sandbox to open',
  processor: 'a free processor',
  topics: 'topics',
  'last-run': 'the end of your last run',
  flink: 'Flink',
  'flink-start': 'Flink to start',
  'dedicated-kafka': 'your own Kafka',
  'dedicated-kafka-start': 'your own Kafka to start',
};

/** Words in a queue that differ from those outside of one. */
const QUEUE_WORDS: Partial<Record<WaitingFor, string>> = {
  flink: 'a free Flink',
  'dedicated-kafka': 'room for a Kafka of your own',
};

/** Returns what follows `waiting for`: `a free Flink (2 wait before you)`, `Flink to start (fetching Flink: file 3, x.jar)`. */
export function waitingInWords({ for: what, position, progress }: Waiting): string {
  const words = (position === null ? undefined : QUEUE_WORDS[what]) ?? WORDS[what];
  const more = [position === null ? null : before(position), progress].filter((part) => part !== null);
  return more.length === 0 ? words : `${words} (${more.join(', ')})`;
}

function before(position: number): string {
  if (position === 1) return 'you are next';
  return position === 2 ? '1 waits before you' : `${position - 1} wait before you`;
}
