import { expect, test } from 'vitest';
import { type Waiting, type WaitingFor, waitingFor, waitingForSchema } from '#sandbox/protocol/waiting.ts';
import { waitingInWords } from '../../../site/src/client/waiting-words.ts';

const ALL: [WaitingFor, string][] = [
  ['kafka', 'kafka'],
  ['provider', 'sandboxes, which cannot be opened at the moment'],
  ['sandbox', 'a free sandbox'],
  ['sandbox-start', 'a sandbox to open'],
  ['processor', 'a free processor'],
  ['topics', 'topics'],
  ['last-run', 'the end of your last run'],
  ['flink', 'Flink'],
  ['flink-start', 'Flink to start'],
  ['dedicated-kafka', 'your own Kafka'],
  ['dedicated-kafka-start', 'your own Kafka to start'],
];

test.each(ALL)('%s is shown as: %s', (code, words) => {
  expect(waitingInWords(waitingFor(code))).toBe(words);
});

test('every code has been asked for', () => {
  expect(ALL.map(([code]) => code).sort()).toEqual([...waitingForSchema.options].sort());
});

test.each<[Waiting, string]>([
  [waitingFor('sandbox', { position: 1 }), 'a free sandbox (you are next)'],
  [waitingFor('processor', { position: 2 }), 'a free processor (1 waits before you)'],
  [waitingFor('flink', { position: 3 }), 'a free Flink (2 wait before you)'],
  [waitingFor('dedicated-kafka', { position: 1 }), 'room for a Kafka of your own (you are next)'],
])('a queue is told by how many wait before one: %j', (waiting, words) => {
  expect(waitingInWords(waiting)).toBe(words);
});

test('what the machine says while it starts something follows', () => {
  const waiting = waitingFor('flink-start', { progress: 'fetching Flink: file 3, x.jar' });
  expect(waitingInWords(waiting)).toBe('Flink to start (fetching Flink: file 3, x.jar)');
});
