import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROJECT_DIR } from '#sandbox/config.ts';
import type { Workspace } from '#sandbox/providers/provider.ts';
import { EPERM } from '#sandbox/providers/system-calls.ts';
import { KAFKA_PROGRAM } from '../../../fixtures/process/kafka-program.ts';
import { stackFixture } from '../../../stack-fixture.ts';
import { CONNECT } from '../run-text.ts';
import { processesWith } from './host-processes.ts';
import { NAMESPACE_PROBE_HEX } from './namespace-probe.ts';
import { isolated, runText } from './workspace-fixture.ts';

const stack = stackFixture();
let workspace: Workspace;
let other: Workspace;
beforeAll(async () => {
  workspace = await stack.provider.openWorkspace({ reach: { kafka: stack.endpoint } });
  other = await stack.provider.openWorkspace({ reach: {} });
});
afterAll(async () => {
  await workspace[Symbol.asyncDispose]();
  await other[Symbol.asyncDispose]();
});

describe.skipIf(!isolated)('what a program reaches from its workspace (needs bubblewrap)', () => {
  test('its own slice of the broker: transactions, groups and sends work through the socket', async () => {
    const tenant = await stack.tenancy.create();
    const [topic] = await stack.tenancy.createTopics(tenant, 1, [{ logical: 'orders', partitions: 3 }]);
    const cluster = { ...tenant, address: workspace.address('kafka'), topic: topic?.name };
    const { result, stdout, stderr } = await runText(workspace, KAFKA_PROGRAM, { env: { CLUSTER: JSON.stringify(cluster) } });
    expect(stderr).toBe('');
    expect(stdout).toBe('consumed 10\n');
    expect(result).toMatchObject({ kind: 'exited', exitCode: 0 });
    expect(await stack.kafka.readAll(topic?.name ?? '')).toHaveLength(10);
  });

  test('the broker by its socket, and no other address of this machine or beyond', async () => {
    const listener = createServer((socket) => socket.destroy()).listen(0, '0.0.0.0');
    const abstract = createServer((socket) => socket.destroy()).listen('\0streamwright-test');
    await Promise.all([once(listener, 'listening'), once(abstract, 'listening')]);
    const address = listener.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const text = `${CONNECT}
      import dns from 'node:dns/promises';
      import os from 'node:os';
      const targets = ${JSON.stringify([
        { path: '/run/kafka.sock' },
        { port: stack.endpoint.port, host: '127.0.0.1' },
        { port: address.port, host: '127.0.0.1' },
        { port: address.port, host: '0.0.0.0' },
        { port: 80, host: '169.254.169.254' },
        { port: 53, host: '1.1.1.1' },
        { path: '\0streamwright-test' },
      ])};
      for (const target of targets) console.log(await connect(target));
      console.log(await dns.lookup('example.com').catch((error) => error.code));
      console.log(Object.keys(os.networkInterfaces()).join());`;
    const inside = await runText(workspace, text);
    const outside = await connectsFromHere(address.port);
    listener.close();
    abstract.close();
    expect(outside).toBe('connected');
    expect(inside.stdout.trim().split('\n')).toEqual([
      'connected',
      ...['ECONNREFUSED', 'ECONNREFUSED', 'ECONNREFUSED', 'ENETUNREACH', 'ENETUNREACH', 'ECONNREFUSED'],
      'EAI_AGAIN',
      'lo',
    ]);
  });

  test('no broker at all when its workspace reaches none', async () => {
    expect(() => other.address('kafka')).toThrow('cannot reach kafka');
    const { stdout } = await runText(other, `${CONNECT} console.log(await connect({ path: '/run/kafka.sock' }));`);
    expect(stdout).toBe('ENOENT\n');
  });

  test("its own environment and processes, and nothing of the server's", async () => {
    process.env.STREAMWRIGHT_TEST_CANARY = 'canary-in-environment';
    const text = `import fs from 'node:fs';
      const read = (file) => { try { return fs.readFileSync(file, 'utf8'); } catch (error) { return error.code; } };
      const pids = fs.readdirSync('/proc').filter((name) => /^\\d+$/.test(name));
      console.log(JSON.stringify({
        env: process.env,
        environ: pids.map((pid) => read('/proc/' + pid + '/environ')).join(),
        commands: pids.map((pid) => read('/proc/' + pid + '/cmdline').split('\\0')[0]),
        shadow: read('/etc/shadow'),
        root: fs.readdirSync('/').sort(),
        mounts: read('/proc/self/mountinfo'),
      }));`;
    const { stdout } = await runText(workspace, text, { env: { MINE: 'yes' } });
    delete process.env.STREAMWRIGHT_TEST_CANARY;
    const seen = JSON.parse(stdout);
    expect(seen.env).toEqual({ MINE: 'yes', HOME: '/tmp', PATH: '/usr/bin', PWD: '/workspace' });
    expect(stdout).not.toContain('canary-in-environment');
    expect(seen.environ).toContain('MINE=yes');
    expect(seen.commands).toHaveLength(2);
    expect(seen.shadow).toBe('ENOENT');
    expect(seen.root.filter((name: string) => !name.startsWith('lib'))).toEqual([
      'dev',
      'proc',
      'run',
      'tmp',
      'usr',
      'workspace',
    ]);
    expect(seen.mounts).toContain('/workspace/main.ts');
  });

  test('it has no privileges: not root, no capabilities, none to gain, a filter of system calls', async () => {
    const text = `import fs from 'node:fs'; console.log(fs.readFileSync('/proc/self/status', 'utf8'));`;
    const status = new Map(
      (await runText(workspace, text)).stdout.split('\n').map((line) => line.split(':\t') as [string, string]),
    );
    expect(status.get('Uid')?.split('\t')).not.toContain('0');
    expect(status.get('NoNewPrivs')).toBe('1');
    expect(status.get('Seccomp')).toBe('2');
    for (const set of ['CapEff', 'CapBnd', 'CapPrm', 'CapInh', 'CapAmb']) expect(status.get(set)).toBe('0000000000000000');
  });

  test.skipIf(process.arch !== 'x64')('it cannot become root in its own namespace, which the machine itself allows', async () => {
    const probe = join(tmpdir(), `probe-${process.pid}`);
    writeFileSync(probe, Buffer.from(NAMESPACE_PROBE_HEX, 'hex'), { mode: 0o755 });
    const outside = spawnSync(probe).status;
    rmSync(probe);
    const text = `import fs from 'node:fs'; import { spawnSync } from 'node:child_process';
      fs.writeFileSync('/tmp/probe', Buffer.from('${NAMESPACE_PROBE_HEX}', 'hex'), { mode: 0o755 });
      console.log(spawnSync('/tmp/probe').status);`;
    expect({ outside, inside: (await runText(workspace, text)).stdout }).toEqual({ outside: 0, inside: `${EPERM}\n` });
  });

  test('its own files cannot be changed, but files next to them can be created', async () => {
    const text = `import fs from 'node:fs';
      const attempt = (act) => { try { act(); return 'ok'; } catch (error) { return error.code; } };
      console.log(attempt(() => fs.writeFileSync('notes.txt', 'mine')));
      console.log(attempt(() => fs.chmodSync('main.ts', 0o777)));
      console.log(attempt(() => fs.chmodSync('node_modules/kafkajs/index.js', 0o777)));
      console.log(attempt(() => fs.chmodSync('/run/kafka.sock', 0o777)));
      console.log(attempt(() => fs.unlinkSync('/run/kafka.sock')));`;
    const { stdout } = await runText(workspace, text);
    expect(stdout).toBe('ok\nEROFS\nEROFS\nEROFS\nEROFS\n');
  });

  test('links lead nowhere outside', async () => {
    const text = `import fs from 'node:fs';
      fs.symlinkSync('/etc/passwd', 'a'); fs.symlinkSync('/proc/1/root/etc/passwd', 'b'); fs.symlinkSync('main.ts', 'c');
      for (const name of ['a', 'b', 'c']) {
        try { console.log(fs.readFileSync(name, 'utf8').length > 0); } catch (error) { console.log(error.code); }
      }`;
    expect((await runText(workspace, text)).stdout).toMatch(/^ENOENT\n(ENOENT|EACCES)\ntrue\n$/);
  });

  test('only kafkajs of our packages; no solution, no grader, no other package', async () => {
    const ours = join(PROJECT_DIR, 'sandbox/config.ts');
    expect(existsSync(ours)).toBe(true);
    const names = ['kafkajs', 'fastify', '@platformatic/kafka', ours, '../sandbox/config.ts'];
    const text = `for (const name of ${JSON.stringify(names)}) { try { await import(name); console.log('loaded'); } catch (error) { console.log(error.code); } }`;
    const nothing = 'ERR_MODULE_NOT_FOUND';
    expect((await runText(workspace, text)).stdout.trim().split('\n')).toEqual(['loaded', nothing, nothing, nothing, nothing]);
  });

  test('nothing of an earlier or a simultaneous run', async () => {
    const look = `import fs from 'node:fs'; console.log(fs.readdirSync('/tmp').length, fs.existsSync('/workspace/left.txt'));`;
    await runText(
      workspace,
      `import fs from 'node:fs'; fs.writeFileSync('/tmp/left', '1'); fs.writeFileSync('left.txt', '1'); ${look.slice(24)}`,
    );
    const lingering = new AbortController();
    const seen: Promise<{ stdout: string }>[] = [];
    await runText(
      other,
      `import fs from 'node:fs'; fs.writeFileSync('/tmp/left', '1'); console.log(fs.readdirSync('/tmp').length); setInterval(() => {}, 1000);`,
      {
        signal: lingering.signal,
        onOutput: () => {
          seen.push(runText(workspace, look).finally(() => lingering.abort()));
        },
      },
    );
    expect((await Promise.all(seen)).map((run) => run.stdout)).toEqual(['0 false\n']);
  });

  test('no credential is in a command line that other users of the machine can read', async () => {
    const stop = new AbortController();
    let visible = -1;
    const { stdout } = await runText(
      workspace,
      `console.log(process.env.SECRET); setInterval(() => {}, 1000); // marker-of-this-test`,
      {
        env: { SECRET: 'secret-of-this-test' },
        signal: stop.signal,
        onOutput: () => {
          visible = processesWith('secret-of-this-test').length;
          expect(processesWith('/workspace/main.ts').length).toBeGreaterThan(0);
          stop.abort();
        },
      },
    );
    expect(stdout).toBe('secret-of-this-test\n');
    expect(visible).toBe(0);
  });
});

async function connectsFromHere(port: number): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1' });
  await once(socket, 'connect');
  socket.destroy();
  return 'connected';
}

test('the machine has what the programs above could not find', () => {
  expect(readFileSync('/etc/passwd', 'utf8').length).toBeGreaterThan(0);
});
