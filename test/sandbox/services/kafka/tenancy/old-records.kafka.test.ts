import { expect, test } from 'vitest';
import { stackFixture } from '../../../../stack-fixture.ts';

const stack = stackFixture();
const YEAR_MS = 365 * 86_400_000;
/** A broker first looks for what retention removes 30 s after its start. Kafka: LogConfig, `log.initial.task.delay.ms` */
const REMOVAL_MS = 60_000;

test('records of last year stay in a topic of a run, which has no retention by time', async () => {
  const tenant = await stack.tenancy.create();
  const [topic] = await stack.tenancy.createTopics(tenant, 1, [{ logical: 'orders', partitions: 1 }]);
  const own = topic?.name ?? '';
  // Created without the settings of a tenant's topics: Kafka's default of 7 days applies.
  const other = `${tenant.prefix}1.default`;
  await stack.kafka.createTopics([{ name: other, partitions: 1 }]);
  const records = Array.from({ length: 3 }, () => ({ value: 'old', timestampMs: Date.now() - YEAR_MS }));
  await Promise.all([own, other].map((name) => stack.kafka.produce(name, records)));
  const startsOf = async (name: string) => (await stack.kafka.startOffsets(name)).get(0);
  await expect.poll(() => startsOf(other), { timeout: REMOVAL_MS, interval: 100 }).toBe(3n);
  expect(await startsOf(own)).toBe(0n);
}, 90_000);
