import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStack, type Stack } from '#sandbox/app/stack.ts';
import { readConfig } from '#sandbox/config.ts';
import { makeTemporaryFolder } from '#sandbox/host/instance-name.ts';
import type { SandboxProvider, StartedService } from '#sandbox/providers/provider.ts';
import { until } from '#sandbox/readiness/until.ts';
import { startBroker } from '#sandbox/services/kafka/broker.ts';
import { connectKafka } from '#sandbox/services/kafka/client/connect.ts';
import { processesWith } from '../../providers/process/host-processes.ts';

const config = readConfig();
let dir = '';
let stack: Stack;
const services: number[] = [];
const told: string[] = [];
beforeAll(async () => {
  dir = await makeTemporaryFolder();
  stack = await openStack({
    config,
    dir,
    onService: (_name, pid) => services.push(pid),
    onProgress: (message) => told.push(message),
  });
});
afterAll(async () => {
  await stack[Symbol.asyncDispose]();
  await rm(dir, { recursive: true, force: true });
});

test('a killed broker restarts automatically with its records, on the same port', async () => {
  await stack.kafka.createTopics([{ name: 'kept', partitions: 1 }]);
  await stack.kafka.produce(
    'kept',
    Array.from({ length: 100 }, (_, i) => ({ value: `v${i}` })),
  );
  const { pid, endpoint } = stack.broker;
  process.kill(pid, 'SIGKILL');
  const killedAt = performance.now();
  await until(() => stack.broker.state() === 'starting', { timeoutMs: 5000, what: 'the end to be noticed' });
  await until(() => stack.broker.state() === 'ready', { timeoutMs: 40_000, what: 'the broker to restart' });
  const back = (performance.now() - killedAt) / 1000;
  expect(stack.broker.pid).not.toBe(pid);
  expect(stack.broker.endpoint).toEqual(endpoint);
  expect(services).toEqual([pid, stack.broker.pid]);
  expect(told.slice(-3)).toEqual(['Kafka has ended', 'starting kafka', 'Kafka is ready again']);
  await using client = connectKafka({ endpoint, ...stack.broker.admin });
  expect((await client.readAll('kept')).map(({ value }) => String(value))).toEqual(
    Array.from({ length: 100 }, (_, i) => `v${i}`),
  );
  console.log(`the broker restarted after ${back.toFixed(1)} s`);
});

test('its password appears in no command line', () => {
  expect(processesWith('kafka').length).toBeGreaterThan(0);
  expect(processesWith(stack.broker.admin.password)).toEqual([]);
});

test('rejects a guessed password', async () => {
  await using wrong = connectKafka({ endpoint: stack.broker.endpoint, username: 'admin', password: 'admin' });
  await expect(wrong.listTopics()).rejects.toThrow('SASL_AUTHENTICATION_FAILED');
});

test('each start has new passwords and an empty log', async () => {
  const other = await makeTemporaryFolder();
  await using second = await openStack({ config, dir: other });
  expect(second.broker.admin.password).not.toBe(stack.broker.admin.password);
  expect(second.broker.endpoint.port).not.toBe(stack.broker.endpoint.port);
  expect([...(await second.kafka.listTopics()).keys()]).not.toContain('kept');
  await second[Symbol.asyncDispose]();
  await rm(other, { recursive: true, force: true });
});

test('a broker that keeps dying is restarted with growing pauses, and tells when it is next', async () => {
  const started = (): StartedService => ({
    name: 'kafka',
    endpoints: { broker: { host: '127.0.0.1', port: 1 } },
    inside: { broker: { host: '127.0.0.1', port: 1 } },
    ended: Promise.resolve({ exitCode: 1, signal: null, logTail: '' }),
    pid: 1,
    isChild: false,
    kill: async () => undefined,
    [Symbol.asyncDispose]: async () => undefined,
  });
  let starts = 0;
  const provider: SandboxProvider = {
    ...stack.provider,
    startService: async () => {
      starts++;
      return started();
    },
  };
  await using broker = await startBroker({ provider, config, dir: '/tmp/streamwright-never-made' });
  await until(() => (broker.nextRestartMs() ?? 0) > 2000, { timeoutMs: 10_000, what: 'the pause of 4 s' });
  expect({ starts, state: broker.state() }).toEqual({ starts: 4, state: 'starting' });
});
