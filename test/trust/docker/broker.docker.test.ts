import { describe, expect, test } from 'vitest';
import { instanceName } from '#sandbox/host/instance-name.ts';
import { connectEngine } from '#sandbox/providers/docker/engine.ts';
import { until } from '../../sandbox/test-server.ts';
import { attack } from '../attack.ts';
import { brokerCases } from '../cases/broker.ts';
import { withLearners } from '../learners.ts';
import { productFixture } from '../product.ts';

const started = productFixture('docker');

describe('bytes that a program in a container sends to the shared broker', () => {
  const product = withLearners(started);
  brokerCases(product);

  test('a gate that ends is started again, and the broker is the same', { timeout: 60_000 }, async () => {
    const docker = await connectEngine();
    const filters = JSON.stringify({ label: [`streamwright.instance=${instanceName()}`, 'streamwright.role=gate'] });
    const [found] = await docker.listContainers({ filters });
    const gate = docker.getContainer(found?.Id ?? '');
    const pidOf = async () => (await gate.inspect()).State.Pid;
    const { incarnation } = product.stack.broker;
    const pid = await pidOf();
    process.kill(pid, 'SIGKILL');
    await until(pidOf, (now) => now !== pid && now > 0, 20_000);
    const work = async () => (await attack(product, 'neighbour', { as: 'bob' })).said;
    expect(await work()).toEqual([{ sent: 20 }]);
    expect(product.stack.broker.incarnation).toBe(incarnation);
  });
});
