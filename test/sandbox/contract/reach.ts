import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LIMITS, PROJECT_DIR } from '#sandbox/config.ts';
import { connectKafka } from '#sandbox/services/kafka/client/connect.ts';
import { openTenancy } from '#sandbox/services/kafka/tenancy/shared-broker.ts';
import { KAFKA_PROGRAM } from '../../fixtures/process/kafka-program.ts';
import type { Contract } from '../provider-contract.ts';
import { CONNECT, runText } from '../providers/run-text.ts';

/** What a program can reach: the services that were named, and nothing else. */
export function reachCases(contract: Contract): void {
  test('its slice of the broker: sends, a group, a transaction', async () => {
    await using kafka = connectKafka({ endpoint: contract.broker.endpoint, ...contract.broker.admin });
    const tenancy = openTenancy({ kafka, broker: contract.broker.endpoint, limits: LIMITS });
    const tenant = await tenancy.create();
    const [topic] = await tenancy.createTopics(tenant, 1, [{ logical: 'orders', partitions: 3 }]);
    const cluster = { ...tenant, address: contract.workspace.address('kafka'), topic: topic?.name };
    const { result, stdout } = await contract.run(KAFKA_PROGRAM, { env: { CLUSTER: JSON.stringify(cluster) } });
    expect({ kind: result.kind, stdout }).toEqual({ kind: 'exited', stdout: 'consumed 10\n' });
    expect(await kafka.readAll(topic?.name ?? '')).toHaveLength(10);
    await tenancy.remove(tenant);
  });

  test('the broker, and no other address of this machine or beyond', async () => {
    const listener = createServer((socket) => socket.destroy()).listen(0, '0.0.0.0');
    await once(listener, 'listening');
    const address = listener.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const own = Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address));
    const { host, port, socketPath } = contract.workspace.address('kafka');
    const targets = [
      ...['127.0.0.1', '0.0.0.0', '::1', ...own].map((host) => ({ host, port: address.port })),
      { host: '127.0.0.1', port: contract.broker.endpoint.port },
      { host: '169.254.169.254', port: 80 },
      { host: '1.1.1.1', port: 53 },
    ];
    const text = `${CONNECT} import dns from 'node:dns/promises';
      console.log(await connect(${JSON.stringify(socketPath ? { path: socketPath } : { host, port })}));
      console.log((await Promise.all(${JSON.stringify(targets)}.map(connect))).filter((found) => found === 'connected').length);
      console.log(await dns.lookup('example.com').then(() => 'found', () => 'unknown'));
      const resolver = new dns.Resolver({ timeout: 500, tries: 1 });
      console.log(await resolver.resolve4('example.com').then(() => 'found', () => 'unknown'));`;
    const inside = await contract.run(text);
    const outside = connect({ port: address.port, host: '127.0.0.1' });
    await once(outside, 'connect');
    outside.destroy();
    listener.close();
    expect(inside.stdout.trim().split('\n')).toEqual(['connected', '0', 'unknown', 'unknown']);
  });

  test('no broker when its workspace reaches none', async () => {
    await using alone = await contract.provider.openWorkspace({ reach: {} });
    expect(() => alone.address('kafka')).toThrow('cannot reach kafka');
    const { host, port, socketPath } = contract.workspace.address('kafka');
    const { stdout } = await runText(
      alone,
      `${CONNECT} console.log(await connect(${JSON.stringify(socketPath ? { path: socketPath } : { host, port })}));`,
    );
    expect(stdout).not.toContain('connected');
  });

  test("its own environment, and nothing of the server's", async () => {
    process.env.STREAMWRIGHT_TEST_CANARY = 'canary-in-environment';
    const text = `import fs from 'node:fs';
      const read = (file) => { try { return fs.readFileSync(file, 'utf8'); } catch (error) { return error.code; } };
      const pids = fs.readdirSync('/proc').filter((name) => /^\\d+$/.test(name));
      console.log(JSON.stringify({ env: process.env, all: pids.map((pid) => read('/proc/' + pid + '/environ') + read('/proc/' + pid + '/cmdline')).join() }));`;
    const { stdout } = await contract.run(text, { env: { MINE: 'yes' } });
    delete process.env.STREAMWRIGHT_TEST_CANARY;
    const { env, all } = JSON.parse(stdout);
    expect(env).toMatchObject({ MINE: 'yes', HOME: '/tmp', PWD: '/workspace' });
    expect(Object.keys(env).filter((name) => !['MINE', 'HOME', 'PWD', 'PATH'].includes(name))).toEqual([]);
    expect(stdout).not.toContain('canary-in-environment');
    expect(all).not.toContain(contract.broker.admin.password);
  });

  test('no privileges: not root, no capabilities, none to gain, a filter of system calls', async () => {
    const text = `import fs from 'node:fs'; console.log(fs.readFileSync('/proc/self/status', 'utf8'));`;
    const lines = (await contract.run(text)).stdout.split('\n').map((line) => line.split(':\t') as [string, string]);
    const status = new Map(lines);
    expect(status.get('Uid')?.split('\t')).not.toContain('0');
    expect(status.get('Groups')?.trim()).toBe('');
    expect(status.get('NoNewPrivs')).toBe('1');
    expect(status.get('Seccomp')).toBe('2');
    for (const set of ['CapEff', 'CapBnd', 'CapPrm', 'CapInh', 'CapAmb']) expect(status.get(set)).toBe('0000000000000000');
  });

  test('only kafkajs of our packages; no solution, no grader, no other package', async () => {
    const ours = join(PROJECT_DIR, 'sandbox/config.ts');
    expect(existsSync(ours)).toBe(true);
    const names = ['kafkajs', 'fastify', '@platformatic/kafka', ours, '../sandbox/config.ts'];
    const text = `for (const name of ${JSON.stringify(names)}) { try { await import(name); console.log('loaded'); } catch (error) { console.log(error.code); } }`;
    const nothing = 'ERR_MODULE_NOT_FOUND';
    expect((await contract.run(text)).stdout.trim().split('\n')).toEqual(['loaded', nothing, nothing, nothing, nothing]);
  });
}
