import { beforeAll, expect, test } from 'vitest';
import { connectKafka, type KafkaClient } from '#sandbox/services/kafka/client/connect.ts';
import type { Tenant } from '#sandbox/tenancy/tenancy.ts';
import { stackFixture } from '../../../../stack-fixture.ts';

const stack = stackFixture();
let a: Tenant;
let b: Tenant;
let topicA: string;
let topicB: string;

beforeAll(async () => {
  [a, b] = await Promise.all([stack.tenancy.create(), stack.tenancy.create()]);
  const topicsOf = (tenant: Tenant) => stack.tenancy.createTopics(tenant, 1, [{ logical: 'in', partitions: 1 }]);
  [topicA, topicB] = (await Promise.all([topicsOf(a), topicsOf(b)])).map(([topic]) => topic!.name) as [string, string];
});

async function clientOf<T>(tenant: Tenant, use: (kafka: KafkaClient) => Promise<T>): Promise<T> {
  await using kafka = connectKafka({ endpoint: stack.endpoint, username: tenant.principal, password: tenant.password });
  return await use(kafka);
}

test('a flood is held to the quota and does not delay the neighbour', async () => {
  const value = Buffer.alloc(100_000, 'x');
  const until = performance.now() + 10_000;
  const flood = async () => {
    let bytes = 0;
    await clientOf(a, async (kafka) => {
      while (performance.now() < until) bytes += (await kafka.produce(topicA, [{ value }])).length * value.length;
    });
    return bytes;
  };
  const neighbour = async () => {
    const times: number[] = [];
    await clientOf(b, async (kafka) => {
      while (performance.now() < until) {
        const started = performance.now();
        await kafka.produce(topicB, [{ value: 'beside the flood' }]);
        times.push(performance.now() - started);
      }
    });
    return times.sort((x, y) => x - y);
  };
  const [first, second, times] = await Promise.all([flood(), flood(), neighbour()]);
  expect(first + second).toBeLessThanOrEqual(1_000_000 * 10 * 1.5);
  expect(first + second).toBeGreaterThan(1_000_000);
  expect(times.length).toBeGreaterThan(20);
  // The slowest 1 % may be this machine's doing.
  expect(times[Math.floor(times.length * 0.99)]).toBeLessThan(250);
}, 40_000);
