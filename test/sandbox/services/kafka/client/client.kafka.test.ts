import { gzipSync } from 'node:zlib';
import { Kafka, logLevel, Partitioners } from 'kafkajs';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { connectKafka, type StoredRecord } from '#sandbox/services/kafka/client/connect.ts';
import type { Tenant } from '#sandbox/tenancy/tenancy.ts';
import { stackFixture } from '../../../../stack-fixture.ts';
import { freezableProxy } from './freezable-proxy.ts';

const stack = stackFixture();
let tenant: Tenant;
let generation = 0;
beforeAll(async () => {
  tenant = await stack.tenancy.create();
});

/** Creates a topic, and a client that acts as its tenant. */
async function topic(partitions = 1) {
  const [made] = await stack.tenancy.createTopics(tenant, ++generation, [{ logical: 'orders', partitions }]);
  const kafka = connectKafka({ endpoint: stack.endpoint, username: tenant.principal, password: tenant.password });
  onTestFinished(() => kafka[Symbol.asyncDispose]());
  return { name: made!.name, kafka };
}

/** Returns the other client library, with the same principal. */
function kafkajs(): Kafka {
  const { host, port } = stack.endpoint;
  const sasl = { mechanism: 'scram-sha-256' as const, username: tenant.principal, password: tenant.password };
  return new Kafka({ brokers: [`${host}:${port}`], sasl, logLevel: logLevel.NOTHING });
}

const values = (records: readonly StoredRecord[]) => records.map(({ value }) => value?.toString() ?? null);

describe('reading everything', () => {
  test('an empty topic has no records', async () => {
    const { name, kafka } = await topic(3);
    expect(await kafka.readAll(name)).toEqual([]);
  });

  test('returns records partition by partition in offset order, with their bytes unchanged', async () => {
    const { name, kafka } = await topic(3);
    await kafka.produce(name, [
      { partition: 2, key: 'k', value: Buffer.from([0xff, 0]), headers: { trace: 'grün' } },
      { partition: 0, value: '' },
      { partition: 2, key: '', value: null, timestampMs: 1_700_000_000_000 },
    ]);
    const records = await kafka.readAll(name);
    expect(records.map(({ partition, offset }) => [partition, offset])).toEqual([
      [0, 0n],
      [2, 0n],
      [2, 1n],
    ]);
    expect(records[0]).toMatchObject({ key: null, value: Buffer.alloc(0), headers: [] });
    expect(records[1]).toMatchObject({ key: Buffer.from('k'), value: Buffer.from([0xff, 0]) });
    expect(records[1]?.headers).toEqual([['trace', Buffer.from('grün')]]);
    expect(records[2]).toMatchObject({ key: Buffer.alloc(0), value: null, timestampMs: 1_700_000_000_000 });
  });

  test('returns the records of committed transactions and none of aborted ones', async () => {
    const { name, kafka } = await topic(2);
    const producer = kafkajs().producer({ transactionalId: `${tenant.prefix}tx`, idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    onTestFinished(() => producer.disconnect());
    const end = async (how: 'commit' | 'abort', value: string) => {
      const transaction = await producer.transaction();
      await transaction.send({
        topic: name,
        messages: [
          { partition: 0, value },
          { partition: 1, value },
        ],
      });
      await transaction[how]();
    };
    await end('commit', 'kept 1');
    await end('abort', 'lost');
    await kafka.produce(name, [{ partition: 0, value: 'plain' }]);
    await end('commit', 'kept 2');
    expect(values(await kafka.readAll(name))).toEqual(['kept 1', 'plain', 'kept 2', 'kept 1', 'kept 2']);
    expect(values(await kafka.readAll(name, { uncommitted: true }))).toEqual(
      ['kept 1', 'lost', 'plain', 'kept 2'].concat(['kept 1', 'lost', 'kept 2']),
    );
  });

  test('leaves out records of an open transaction, and does not wait for them indefinitely', async () => {
    const { name, kafka } = await topic();
    const producer = kafkajs().producer({ transactionalId: `${tenant.prefix}open`, idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    onTestFinished(() => producer.disconnect());
    await kafka.produce(name, [{ value: 'before' }]);
    const transaction = await producer.transaction();
    await transaction.send({ topic: name, messages: [{ value: 'open' }] });
    const started = performance.now();
    expect(values(await kafka.readAll(name))).toEqual(['before']);
    // A call goes on for 20 s where it waits for something.
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(values(await kafka.readAll(name, { uncommitted: true }))).toEqual(['before', 'open']);
    await transaction.commit();
    expect(values(await kafka.readAll(name))).toEqual(['before', 'open']);
  });

  test('a trimmed log begins at its new start', async () => {
    const { name, kafka } = await topic(2);
    await kafka.produce(
      name,
      ['a', 'b', 'c'].flatMap((value) => [
        { partition: 0, value },
        { partition: 1, value },
      ]),
    );
    await stack.kafka.deleteRecords(
      name,
      new Map([
        [0, 2n],
        [1, 3n],
      ]),
    );
    expect((await kafka.readAll(name)).map(({ partition, offset }) => [partition, offset])).toEqual([[0, 2n]]);
    expect(await kafka.startOffsets(name)).toEqual(
      new Map([
        [0, 2n],
        [1, 3n],
      ]),
    );
    expect(await kafka.endOffsets(name)).toEqual(
      new Map([
        [0, 3n],
        [1, 3n],
      ]),
    );
  });

  test('skips what compaction removed', async () => {
    const name = `${tenant.prefix}${++generation}.compacted`;
    const configs = {
      'cleanup.policy': 'compact',
      'min.cleanable.dirty.ratio': '0.001',
      'segment.ms': '50',
      'max.compaction.lag.ms': '50',
    };
    await stack.kafka.createTopics([{ name, partitions: 1, configs }]);
    await stack.kafka.produce(
      name,
      Array.from({ length: 20 }, (_, i) => ({ key: `k${i % 2}`, value: `${i}` })),
    );
    // Kafka never cleans the active segment: each look appends a record, which rolls it, until the log has gaps.
    await expect
      .poll(
        async () => {
          await stack.kafka.produce(name, [{ key: 'tick', value: 'tick' }]);
          return values(await stack.kafka.readAll(name)).filter((value) => value !== 'tick');
        },
        { timeout: 40_000, interval: 500 },
      )
      .toEqual(['18', '19']);
  });

  test('reads only the given partitions, from an offset, and no more than the given number', async () => {
    const { name, kafka } = await topic(2);
    await kafka.produce(
      name,
      Array.from({ length: 10 }, (_, i) => ({ partition: i % 2, value: `${i}` })),
    );
    expect(values(await kafka.readAll(name, { partitions: [1], from: new Map([[1, 3n]]) }))).toEqual(['7', '9']);
    expect(values(await kafka.readAll(name, { max: 3 }))).toEqual(['0', '2', '4']);
    expect(
      await kafka.readAll(name, {
        from: new Map([
          [0, 99n],
          [1, 99n],
        ]),
      }),
    ).toEqual([]);
  });

  test('reads a compressed batch, and rejects one that inflates beyond the limit', async () => {
    const { name, kafka } = await topic();
    const producer = kafkajs().producer();
    await producer.connect();
    onTestFinished(() => producer.disconnect());
    await producer.send({ topic: name, compression: 1, messages: [{ value: 'small' }] });
    expect(values(await kafka.readAll(name))).toEqual(['small']);
    const bomb = Buffer.alloc(80 * 1024 * 1024);
    expect(gzipSync(bomb).length).toBeLessThan(1_000_000);
    await producer.send({ topic: name, compression: 1, messages: [{ value: bomb }] });
    await expect(kafka.readAll(name)).rejects.toMatchObject({ name: 'KafkaError', code: 'RECORD_BATCH_TOO_LARGE' });
  });

  test('reports a missing topic immediately', async () => {
    const { kafka } = await topic();
    const started = performance.now();
    await expect(kafka.readAll(`${tenant.prefix}1.nothing`)).rejects.toMatchObject({
      name: 'KafkaError',
      code: 'UNKNOWN_TOPIC_OR_PARTITION',
    });
    // What may pass is tried again for 10 s.
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('producing', () => {
  test('returns the coordinates of each record, in the order given', async () => {
    const { name, kafka } = await topic(3);
    const records = Array.from({ length: 200 }, (_, i) => ({ key: `key-${i % 17}`, value: `${i}` }));
    const coordinates = await kafka.produce(name, records);
    const stored = new Map(
      (await kafka.readAll(name)).map((record) => [`${record.partition}/${record.offset}`, String(record.value)]),
    );
    expect(coordinates.map(({ partition, offset }) => stored.get(`${partition}/${offset}`))).toEqual(
      records.map(({ value }) => value),
    );
  });

  test('puts every key where kafkajs puts it', async () => {
    const { name, kafka } = await topic(3);
    const keys = Array.from({ length: 200 }, (_, i) => `driver-${i * 7919}-ü`);
    const ours = await kafka.produce(
      name,
      keys.map((key) => ({ key, value: 'x' })),
    );
    const theirs = Partitioners.DefaultPartitioner();
    const partitionMetadata = [0, 1, 2].map((partitionId) => ({ partitionId, leader: 1 })) as never;
    const expected = keys.map((key) => theirs({ topic: name, partitionMetadata, message: { key, value: 'x' } }));
    expect(ours.map(({ partition }) => partition)).toEqual(expected);
  });

  test('splits more than one request can hold, in order', async () => {
    const { name, kafka } = await topic();
    const records = Array.from({ length: 30 }, (_, i) => ({ value: `${i}`.padEnd(100_000, '.') }));
    const coordinates = await kafka.produce(name, records);
    expect(coordinates.map(({ offset }) => offset)).toEqual(records.map((_, i) => BigInt(i)));
    expect(values(await kafka.readAll(name)).map((value) => Number.parseInt(value ?? '', 10))).toEqual(records.map((_, i) => i));
  });

  test('rejects a partition that does not exist before anything is sent', async () => {
    const { name, kafka } = await topic();
    await expect(kafka.produce(name, [{ value: 'a' }, { partition: 5, value: 'b' }])).rejects.toMatchObject({
      code: 'UNKNOWN_TOPIC_OR_PARTITION',
    });
    expect(await kafka.readAll(name)).toEqual([]);
  });
});

describe('a broker that is not responding', () => {
  test('is reported as not ready, within the time limit of a request', async () => {
    await using proxy = await freezableProxy(stack.endpoint);
    await using kafka = connectKafka({ endpoint: proxy.endpoint, ...stack.admin });
    await kafka.ping();
    proxy.freeze();
    const started = performance.now();
    await expect(kafka.ping(500)).rejects.toMatchObject({ name: 'PlatformError', code: 'SERVICE_NOT_READY' });
    // Any other request has 5 s.
    expect(performance.now() - started).toBeLessThan(5000);
    const asked = performance.now();
    await expect(kafka.listTopics()).rejects.toMatchObject({ name: 'PlatformError', code: 'SERVICE_NOT_READY' });
    // Tried again, it would take twice as long.
    expect(performance.now() - asked).toBeLessThan(10_000);
  });

  test('is used again by the same client when it returns', async () => {
    await using proxy = await freezableProxy(stack.endpoint);
    await using kafka = connectKafka({ endpoint: proxy.endpoint, ...stack.admin });
    await kafka.ping();
    await proxy.drop();
    expect(await kafka.listTopics()).toBeInstanceOf(Map);
  });

  test('and a port where nothing listens are the same to a ping', async () => {
    await using kafka = connectKafka({ endpoint: { host: '127.0.0.1', port: 1 }, ...stack.admin });
    await expect(kafka.ping()).rejects.toMatchObject({ code: 'SERVICE_NOT_READY', hint: expect.any(String) });
  });
});

test('distinguishes a wrong password from an unavailable broker', async () => {
  await using kafka = connectKafka({ endpoint: stack.endpoint, username: tenant.principal, password: 'wrong' });
  await expect(kafka.listTopics()).rejects.toMatchObject({ name: 'KafkaError', code: 'SASL_AUTHENTICATION_FAILED' });
});
