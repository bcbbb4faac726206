import { expect, test } from 'vitest';
import { startOtherProducer } from '#sandbox/grading/judge/other-producer.ts';
import type { KafkaRecord } from '#sandbox/grading/kit/kafka.ts';
import { KafkaError } from '#sandbox/services/kafka/client/connect.ts';

type Writer = 'other' | 'program';

/** A log of one partition in memory. `fails` returns the error of an append by its number, from 1. */
function openLog(fails: (append: number) => Error | null = () => null) {
  const log: Writer[] = [];
  let appends = 0;
  let closed = false;
  const client = {
    produce: async () => {
      await null;
      const error = fails(++appends);
      if (error) throw error;
      return [{ partition: 0, offset: BigInt(log.push('other') - 1) }];
    },
    [Symbol.asyncDispose]: async () => {
      closed = true;
    },
  };
  const records = () =>
    log.map((writer, offset): KafkaRecord => ({ ...RECORD, value: Buffer.from(writer), offset: BigInt(offset) }));
  return { client, log, records, isClosed: () => closed };
}

const RECORD = { topic: 'orders', partition: 0, timestampMs: 0, key: null, headers: [] };
const start = ({ client }: Pick<ReturnType<typeof openLog>, 'client'>) =>
  startOtherProducer({ client, topic: 'orders', draw: () => ({ value: 'the same' }) });

/** Appends a record of the program, and waits until another one follows. */
async function appendAndWait({ log }: ReturnType<typeof openLog>): Promise<void> {
  const length = log.push('program');
  await expect.poll(() => log.length, { interval: 1 }).toBeGreaterThan(length);
}

test('appends before, between and after the records of a program, and tells its own by their places', async () => {
  const opened = openLog();
  const other = await start(opened);
  expect(opened.log[0]).toBe('other');
  await appendAndWait(opened);
  await appendAndWait(opened);
  opened.log.push('program');
  await other.stop();
  expect([opened.log[0], opened.log.at(-1), opened.isClosed()]).toEqual(['other', 'other', true]);
  const kept = other.without(opened.records());
  expect(kept.map(({ value }) => String(value))).toEqual(['program', 'program', 'program']);
  const gaps = kept.slice(1).map(({ offset }, index) => offset - (kept[index]?.offset ?? 0n));
  expect(gaps.every((gap) => gap > 1n)).toBe(true);
});

test('a topic that is gone is left to whoever reads it', async () => {
  const opened = openLog((append) => (append > 2 ? new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', 'producing') : null));
  const other = await start(opened);
  await other.stop();
  expect(other.without(opened.records())).toEqual([]);
  expect(opened.isClosed()).toBe(true);
});

test('a record whose place is unknown is a Streamwright error, for it may be stored', async () => {
  const opened = openLog((append) => (append > 2 ? new Error('no answer') : null));
  const other = await start(opened);
  await other.stop();
  expect(() => other.without(opened.records())).toThrow('no answer');
});
