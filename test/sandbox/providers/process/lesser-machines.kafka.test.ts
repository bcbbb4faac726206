import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROJECT_DIR, readConfig } from '#sandbox/config.ts';
import { findCommand } from '#sandbox/host/find-command.ts';
import { inspectMachine, type Machine } from '#sandbox/providers/process/machine.ts';
import { openProcessProvider, type ProcessProvider } from '#sandbox/providers/process/provider.ts';
import { sampledCages } from '#sandbox/providers/process/sampled-cage.ts';
import { openWorkspace } from '#sandbox/providers/process/workspace.ts';
import type { Workspace } from '#sandbox/providers/provider.ts';
import { processesWith } from './host-processes.ts';
import { isolated, runText } from './workspace-fixture.ts';

const OPEN_AND_RUN = join(PROJECT_DIR, 'test/fixtures/process/open-and-run.ts');
const isRoot = process.getuid?.() === 0;

describe('without bubblewrap', () => {
  let tools = '';
  let provider: ProcessProvider;
  let workspace: Workspace;
  beforeAll(async () => {
    tools = await mkdtemp(join(tmpdir(), 'tools-'));
    for (const name of ['setpriv', 'prlimit']) {
      const found = findCommand(name, readConfig().path);
      if (found) symlinkSync(found, join(tools, name));
    }
    provider = await openProcessProvider({ ...readConfig(), path: tools });
    workspace = await provider.openWorkspace({ reach: { kafka: { host: '127.0.0.1', port: 9092 } } });
  });
  afterAll(async () => {
    await workspace[Symbol.asyncDispose]();
    await provider[Symbol.asyncDispose]();
    rmSync(tools, { recursive: true });
  });

  test("the provider reports that it is weaker and why, and returns the broker's own address", () => {
    expect(provider).toMatchObject({ isolation: 'weak', lacks: 'bubblewrap (bwrap) is not installed' });
    expect(workspace.address('kafka')).toEqual({ host: '127.0.0.1', port: 9092 });
  });

  test('a program runs with its files and kafkajs, and not as root', async () => {
    const { result, stdout, stderr } = await runText(
      workspace,
      `import { word } from './lib/word.ts'; import { Kafka } from 'kafkajs'; console.log(word, typeof Kafka, process.getuid() !== 0);`,
      { files: { 'lib/word.ts': 'export const word = "hi";' } },
    );
    expect({ result: result.kind, stdout, stderr }).toEqual({ result: 'exited', stdout: 'hi function true\n', stderr: '' });
  });

  test('it reads nothing outside, writes nowhere, starts nothing, and has no database that could do so', async () => {
    const ours = join(PROJECT_DIR, 'sandbox/errors.ts');
    expect(existsSync(ours)).toBe(true);
    const text = `import fs from 'node:fs'; import { spawnSync } from 'node:child_process';
      const attempt = async (act) => { try { await act(); return 'ok'; } catch (error) { return error.code; } };
      console.log(await attempt(() => fs.readFileSync('main.ts')));
      console.log(await attempt(() => fs.readFileSync('/etc/passwd')));
      console.log(await attempt(() => fs.readFileSync('/proc/self/environ')));
      console.log(await attempt(() => import(${JSON.stringify(ours)})));
      console.log(await attempt(() => fs.writeFileSync('new.txt', '')));
      console.log(await attempt(() => spawnSync(process.execPath, ['--version'])));
      console.log(await attempt(() => import('node:sqlite')));
      console.log(await attempt(() => import('fastify')));`;
    const { stdout } = await runText(workspace, text);
    const denied = 'ERR_ACCESS_DENIED';
    expect(stdout.trim().split('\n')).toEqual([
      'ok',
      ...[denied, denied, denied, denied, denied],
      'ERR_UNKNOWN_BUILTIN_MODULE',
      expect.stringMatching(/ERR_ACCESS_DENIED|ERR_MODULE_NOT_FOUND/),
    ]);
  });

  test('limits of time, memory and output also hold', async () => {
    const busy = await runText(workspace, 'while (true) {}', { limits: { timeMs: 1500 } });
    expect(busy.result.kind).toBe('timed-out');
    const hog = await runText(workspace, 'const kept = []; for (;;) kept.push(Buffer.alloc(1e7, 1));');
    expect(hog.result.kind).toBe('out-of-memory');
    const loud = await runText(workspace, `import fs from 'node:fs'; for (;;) fs.writeSync(1, 'A'.repeat(65536));`);
    expect(loud).toMatchObject({ result: { kind: 'output-limit' }, stdout: 'A'.repeat(65_536) });
  });
});

describe.skipIf(!isolated)('without control groups (needs bubblewrap)', () => {
  let machine: Machine;
  let workspace: Workspace;
  beforeAll(async () => {
    machine = { ...(await inspectMachine(readConfig().path)), cages: sampledCages };
    workspace = openWorkspace(machine, { reach: {} });
  });
  afterAll(async () => {
    await workspace[Symbol.asyncDispose]();
    await machine[Symbol.asyncDispose]();
  });

  test('a memory hog and a fork bomb are ended when they are detected, a modest program is not', async () => {
    const hog = await runText(workspace, 'const kept = []; for (;;) kept.push(Buffer.alloc(1e6, 1));');
    expect(hog.result.kind).toBe('out-of-memory');
    const bomb = `import { spawn } from 'node:child_process';
      for (let i = 0; i < 40; i++) spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']).on('error', () => {});
      setInterval(() => {}, 1000);`;
    const forked = await runText(workspace, bomb, { limits: { processes: 60, memoryMb: 2048 } });
    expect(forked.result).toMatchObject({ kind: 'process-limit', limit: 60 });
    const modest = await runText(workspace, 'console.log("fine")');
    expect(modest).toMatchObject({ result: { kind: 'exited', exitCode: 0 }, stdout: 'fine\n' });
  });

  test('nothing is left of a stopped program with detached children', async () => {
    const stop = new AbortController();
    const marker = randomUUID();
    const text = `import { spawn } from 'node:child_process';
      spawn(process.execPath, ['-e', '/*${marker}*/ setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
      setTimeout(() => console.log('up'), 300); setInterval(() => {}, 1000);`;
    let during = 0;
    const { result } = await runText(workspace, text, {
      signal: stop.signal,
      onOutput: () => {
        during = processesWith(`/*${marker}*/ `).length;
        stop.abort();
      },
    });
    expect(result.kind).toBe('cancelled');
    expect(during).toBeGreaterThan(0);
    expect(processesWith(`/*${marker}*/ `)).toEqual([]);
  });
});

describe.skipIf(!isRoot || !isolated)('what only root can set up (needs bubblewrap and root)', () => {
  const nobodyReads = isRoot && spawnSync('setpriv', [...asNobody(), 'test', '-r', OPEN_AND_RUN]).status === 0;

  test.skipIf(!nobodyReads)('an ordinary user runs programs behind the same walls', () => {
    const text = `import fs from 'node:fs'; console.log(process.getuid(), fs.readdirSync('/').includes('etc'));`;
    const ran = spawnSync('setpriv', [...asNobody(), process.execPath, OPEN_AND_RUN, text], { encoding: 'utf8' });
    expect(ran.stderr).toBe('');
    expect(JSON.parse(ran.stdout.split('\n').at(-2) ?? '')).toMatchObject({
      isolation: 'full',
      limits: 'sampler',
      result: { kind: 'exited', exitCode: 0 },
      output: '65534 false\n',
    });
  });

  test('a file that a shell left open for the server does not reach programs', () => {
    const folder = join(tmpdir(), `descriptor-${process.pid}`);
    mkdirSync(folder);
    writeFileSync(join(folder, 'secret'), 'left-open-secret');
    const descriptor = openSync(join(folder, 'secret'), 'r');
    const text = `import fs from 'node:fs';
      for (let i = 3; i < 40; i++) { try { if (fs.fstatSync(i).isFile()) console.log('LEAK', fs.readFileSync(i, 'utf8')); } catch {} }
      console.log('looked');`;
    const stdio = [
      'ignore' as const,
      'pipe' as const,
      'pipe' as const,
      'ignore' as const,
      'ignore' as const,
      'ignore' as const,
      descriptor,
    ];
    const ran = spawnSync(process.execPath, [OPEN_AND_RUN, text], { encoding: 'utf8', stdio });
    closeSync(descriptor);
    rmSync(folder, { recursive: true });
    expect(JSON.parse(ran.stdout.split('\n').at(-2) ?? '')).toMatchObject({ output: 'looked\n' });
  });
});

function asNobody(): string[] {
  return ['--reuid=65534', '--regid=65534', '--clear-groups', '--'];
}
