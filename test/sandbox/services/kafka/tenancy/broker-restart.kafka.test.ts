import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openStack } from '#sandbox/app/stack.ts';
import { readConfig } from '#sandbox/config.ts';
import { connectKafka } from '#sandbox/services/kafka/client/connect.ts';

test('a killed broker restarts with every tenant that it had, and without removed ones', async () => {
  const config = readConfig();
  const dir = await mkdtemp(join(tmpdir(), 'streamwright-restart-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  await using stack = await openStack({ config, dir });
  const { broker, kafka, tenancy } = stack;

  const [kept, removed] = [await tenants(2), await tenants(2)];
  // Removed users can make Kafka forget others, depending on the order of their names: with many, one of them comes first.
  const passing = Array.from({ length: 60 }, (_, i) => `passing-${i}`);
  await Promise.all(passing.map((name) => kafka.createUser(name, 'secret')));
  await kafka.deleteUsers(passing);
  const [topic] = await tenancy.createTopics(kept[0]!, 1, [{ logical: 'orders', partitions: 1 }]);
  const records = Array.from({ length: 20 }, (_, i) => ({ value: `${i}` }));
  await kafka.produce(topic!.name, records);
  await Promise.all(removed.map((tenant) => tenancy.remove(tenant)));

  const { pid } = broker;
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => broker.pid !== pid && broker.state(), { timeout: 40_000, interval: 100 }).toBe('ready');

  expect(await kafka.readAll(topic!.name)).toHaveLength(20);
  for (const { principal: username, password } of kept) {
    await using own = connectKafka({ endpoint: broker.endpoint, username, password });
    await expect(own.ping()).resolves.toBeUndefined();
  }
  const [{ principal: username, password } = { principal: '', password: '' }] = removed;
  await using gone = connectKafka({ endpoint: broker.endpoint, username, password });
  await expect(gone.ping()).rejects.toMatchObject({ code: 'SASL_AUTHENTICATION_FAILED' });

  function tenants(count: number) {
    return Promise.all(Array.from({ length: count }, () => tenancy.create()));
  }
}, 120_000);
