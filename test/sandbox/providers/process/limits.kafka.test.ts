import { randomUUID } from 'node:crypto';
import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { readConfig } from '#sandbox/config.ts';
import { inspectMachine } from '#sandbox/providers/process/machine.ts';
import { openWorkspace } from '#sandbox/providers/process/workspace.ts';
import { until } from '#sandbox/readiness/until.ts';
import { processesWith } from './host-processes.ts';
import { isolated, runText, workspaceFixture } from './workspace-fixture.ts';

const workspace = workspaceFixture();

/** TypeScript that starts `count` more Nodes which live until they are killed. */
function children(count: number, marker = 'child', options = '{ stdio: "ignore" }'): string {
  return `import { spawn } from 'node:child_process';
    for (let i = 0; i < ${count}; i++) {
      spawn(process.execPath, ['-e', '/*${marker}*/ setInterval(() => {}, 1000)'], ${options}).on('error', () => {});
    }`;
}

describe.skipIf(!isolated)('a program in a workspace (needs bubblewrap)', () => {
  test('runs TypeScript with its files, its environment and closed input, and its exit code comes back', async () => {
    const text = `import { word } from './lib/word.ts';
      let input = ''; for await (const piece of process.stdin) input += piece;
      const shape: { word: string } = { word };
      console.log(shape.word, process.env.ROUND, input.length); console.error('oops'); process.exitCode = 3;`;
    const { result, stdout, stderr } = await workspace.run(text, {
      files: { 'lib/word.ts': 'export const word = "héllo";' },
      env: { ROUND: '2' },
    });
    expect(result).toMatchObject({ kind: 'exited', exitCode: 3 });
    expect(stdout).toBe('héllo 2 0\n');
    expect(stderr).toBe('oops\n');
  });

  test('an uncaught error, a syntax error and a signal end it with the codes of a shell', async () => {
    expect(await workspace.run('throw new Error("x")')).toMatchObject({ result: { kind: 'exited', exitCode: 1 } });
    const broken = await workspace.run('const = 1');
    expect(broken.result).toMatchObject({ kind: 'exited', exitCode: 1 });
    expect(broken.stderr).toContain('/workspace/main.ts');
    expect(await workspace.run('process.kill(process.pid, "SIGKILL")')).toMatchObject({
      result: { kind: 'exited', exitCode: 137 },
    });
  });

  test('a busy loop is ended at its limit of time', async () => {
    const { result } = await workspace.run('console.log("begun"); while (true) {}', { limits: { timeMs: 1500 } });
    expect(result).toMatchObject({ kind: 'timed-out', limitMs: 1500 });
    expect(result.durationMs).toBeGreaterThanOrEqual(1500);
    expect(result.durationMs).toBeLessThan(2500);
  });

  test('Stop ends a program that ignores signals, within 3 s', async () => {
    const stop = new AbortController();
    const text = `for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => {});
      setInterval(() => {}, 1000); console.log('up');`;
    let stoppedAt = 0;
    const { result } = await workspace.run(text, {
      signal: stop.signal,
      onOutput: () => {
        stoppedAt = performance.now();
        stop.abort();
      },
    });
    expect(result.kind).toBe('cancelled');
    expect(performance.now() - stoppedAt).toBeLessThan(3000);
  });

  test('a program that was stopped before it began is not begun', async () => {
    const { result, stdout } = await workspace.run('console.log("ran")', { signal: AbortSignal.abort() });
    expect(result).toEqual({ kind: 'cancelled', durationMs: 0 });
    expect(stdout).toBe('');
  });

  test('closing the workspace ends what runs in it', async () => {
    const closing = await workspace.provider.openWorkspace({ reach: {} });
    const running = runText(closing, 'console.log("up"); setInterval(() => {}, 1000)', {
      onOutput: () => void closing[Symbol.asyncDispose](),
    });
    expect((await running).result.kind).toBe('cancelled');
  });

  test('memory in buffers and memory in objects both end at the limit, while half of it is fine', async () => {
    const buffers = await workspace.run('const kept = []; for (;;) kept.push(Buffer.alloc(1e7, 1));');
    expect(buffers.result).toMatchObject({ kind: 'out-of-memory', limitMb: 256 });
    const objects = await workspace.run('const kept: unknown[] = []; for (;;) kept.push({ a: [1, 2, 3] });', {
      limits: { timeMs: 30_000 },
    });
    expect(objects.result).toMatchObject({ kind: 'out-of-memory', limitMb: 256 });
    const modest = await workspace.run('const kept = Buffer.alloc(128e6, 1); console.log(kept.length);');
    expect(modest).toMatchObject({ result: { kind: 'exited', exitCode: 0 }, stdout: '128000000\n' });
  });

  test('files in memory count as memory', async () => {
    const text = `import fs from 'node:fs';
      for (const file of ['/tmp/a', '/workspace/a']) fs.writeFileSync(file, Buffer.alloc(30e6, 1));
      const kept = []; for (let i = 0; i < 18; i++) kept.push(Buffer.alloc(1e7, 1)); console.log('all');`;
    const { result } = await workspace.run(text);
    expect(result.kind).toBe(workspace.provider.limits === 'sampler' ? 'exited' : 'out-of-memory');
  });

  test('a fork bomb ends at the limit of processes, while some children are fine', async () => {
    const bomb = await workspace.run(`${children(300)} setInterval(() => {}, 1000);`);
    expect(bomb.result).toMatchObject({ kind: 'process-limit', limit: 128 });
    const some = await workspace.run(`${children(3)} setTimeout(() => { console.log('fine'); process.exit(0); }, 300);`);
    expect(some).toMatchObject({ result: { kind: 'exited', exitCode: 0 }, stdout: 'fine\n' });
  });

  test('endless output is delivered up to the limit and ends the program; the server does not grow by it', async () => {
    const before = process.memoryUsage().rss;
    const { result, stdout } = await workspace.run(`import fs from 'node:fs'; for (;;) fs.writeSync(1, 'A'.repeat(65536));`);
    expect(result).toMatchObject({ kind: 'output-limit', limitBytes: 65_536 });
    expect(stdout).toBe('A'.repeat(65_536));
    expect(process.memoryUsage().rss - before).toBeLessThan(50e6);
    const exactly = await workspace.run(`process.stdout.write('B'.repeat(65536))`);
    expect(exactly).toMatchObject({ result: { kind: 'exited', exitCode: 0 }, stdout: 'B'.repeat(65_536) });
  });

  test('filling every disk that it finds is refused, while a megabyte is fine; the host keeps its space', async () => {
    const text = `import fs from 'node:fs';
      fs.writeFileSync('/workspace/small', Buffer.alloc(1e6)); console.log(fs.statSync('/workspace/small').size);
      for (const folder of ['/tmp', '/workspace', '/dev/shm', '/var/tmp', '/', '/usr/bin', '/dev', '/run', '/proc']) {
        try {
          const file = fs.openSync(folder + '/big', 'w');
          for (let i = 0; i < 1024; i++) fs.writeSync(file, Buffer.alloc(1e6));
          console.log(folder, 'FILLED');
        } catch (error) { console.log(folder, error.code); }
      }`;
    const free = () => statfsSync(tmpdir()).bavail * statfsSync(tmpdir()).bsize;
    const before = free();
    const { stdout } = await workspace.run(text);
    expect(stdout.split('\n').slice(0, 10)).toEqual([
      '1000000',
      '/tmp ENOSPC',
      '/workspace ENOSPC',
      '/dev/shm ENOSPC',
      '/var/tmp ENOENT',
      '/ EROFS',
      '/usr/bin EROFS',
      '/dev EROFS',
      expect.stringMatching(/^\/run (EROFS|ENOENT)$/),
      expect.stringMatching(/^\/proc (ENOENT|EACCES)$/),
    ]);
    expect(before - free()).toBeLessThan(64e6);
  });

  test('detached children are gone when the run has ended, however it ended', async () => {
    for (const ending of ['process.exit(0)', 'setInterval(() => {}, 1000)']) {
      const marker = randomUUID();
      const text = `${children(2, marker, '{ detached: true, stdio: "ignore" }')} setTimeout(() => { ${ending} }, 1000);`;
      const run = workspace.run(text, { limits: { timeMs: 4000 } });
      await until(() => processesWith(`/*${marker}*/`).length >= 2, { timeoutMs: 5000, what: 'children' });
      await run;
      expect(processesWith(`/*${marker}*/`)).toEqual([]);
    }
  });

  test('runs at the same time are different users and all end well', async () => {
    const runs = await Promise.all(Array.from({ length: 5 }, () => workspace.run('console.log(process.getuid())')));
    expect(runs.every(({ result }) => result.kind === 'exited' && result.exitCode === 0)).toBe(true);
    const users = new Set(runs.map(({ stdout }) => stdout));
    expect(users.size).toBe(process.getuid?.() === 0 ? 5 : 1);
    expect(users).not.toContain('0\n');
  });

  test('what cannot be started is our fault, said with the reason', async () => {
    await using machine = await inspectMachine(readConfig().path);
    const { bubblewrap } = machine.tools;
    if (!bubblewrap) throw new Error('no bubblewrap');
    const broken = {
      ...machine,
      tools: { ...machine.tools, bubblewrap: { ...bubblewrap, libraries: [{ target: '/lib/x', source: '/nowhere' }] } },
    };
    await using closed = openWorkspace(broken, { reach: {} });
    await expect(runText(closed, '')).rejects.toMatchObject({
      code: 'SERVICE_NOT_READY',
      message: expect.stringContaining("Can't find source path /nowhere"),
    });
  });

  test('a file name that leaves the workspace is refused', async () => {
    await expect(workspace.run('', { files: { '../x.ts': '' } })).rejects.toThrow('not a file name of a program: ../x.ts');
  });
});
