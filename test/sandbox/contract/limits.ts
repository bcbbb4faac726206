import { expect, test } from 'vitest';
import { retainedBytes } from '../../retained-bytes.ts';
import type { Contract } from '../provider-contract.ts';
import { children } from './children.ts';
import { FILLS_EVERY_FOLDER, FOLDERS } from './fill-folders.ts';

/** What a program may use. */
export function limitCases(contract: Contract): void {
  test('a busy loop is ended at its time limit', async () => {
    const { result } = await contract.run('console.log("begun"); while (true) {}', { limits: { timeMs: 1500 } });
    expect(result).toMatchObject({ kind: 'timed-out', limitMs: 1500 });
    expect(result.durationMs).toBeGreaterThanOrEqual(1500);
    // Starting and ending it takes what a program takes that does nothing, a few times over where other work comes between.
    const { result: nothing } = await contract.run('');
    expect(result.durationMs - 1500).toBeLessThan(1000 + 5 * nothing.durationMs);
  });

  test('memory in buffers and memory in objects both end at the limit, while half of it works', async () => {
    const buffers = await contract.run('const kept = []; for (;;) kept.push(Buffer.alloc(1e7, 1));');
    expect(buffers.result).toMatchObject({ kind: 'out-of-memory', limitMb: 256 });
    const objects = await contract.run('const kept: unknown[] = []; for (;;) kept.push({ a: [1, 2, 3] });', {
      limits: { timeMs: 30_000 },
    });
    expect(objects.result).toMatchObject({ kind: 'out-of-memory', limitMb: 256 });
    const modest = await contract.run('const kept = Buffer.alloc(128e6, 1); console.log(kept.length);');
    expect(modest).toMatchObject({ result: { kind: 'exited', exitCode: 0 }, stdout: '128000000\n' });
  });

  test('a run with less memory than the previous one is held to its own limit', async () => {
    const text = 'const kept = Buffer.alloc(150e6, 1); console.log(kept.length);';
    expect((await contract.run(text, { limits: { memoryMb: 128 } })).result.kind).toBe('out-of-memory');
    expect((await contract.run(text)).result).toMatchObject({ kind: 'exited', exitCode: 0 });
  });

  test('a child that uses all the memory ends the program', async () => {
    const text = `import { spawnSync } from 'node:child_process';
      spawnSync(process.execPath, ['-e', 'const kept = []; for (;;) kept.push(Buffer.alloc(1e7, 1));']);
      setInterval(() => {}, 1000);`;
    expect((await contract.run(text)).result.kind).toBe('out-of-memory');
    expect((await contract.run('console.log("fine")')).stdout).toBe('fine\n');
  });

  test('a fork bomb ends at the limit of processes, while some children work', async () => {
    const bomb = await contract.run(`${children(300)} setInterval(() => {}, 1000);`);
    expect(bomb.result).toMatchObject({ kind: 'process-limit', limit: 128 });
    const some = await contract.run(`${children(3)} setTimeout(() => { console.log('fine'); process.exit(0); }, 300);`);
    expect(some).toMatchObject({ result: { kind: 'exited', exitCode: 0 }, stdout: 'fine\n' });
  });

  test('endless output is delivered up to the limit and ends the program; the memory of the server does not grow', async () => {
    const before = await retainedBytes();
    const { result, stdout } = await contract.run(`import fs from 'node:fs'; for (;;) fs.writeSync(1, 'A'.repeat(65536));`);
    expect(result).toMatchObject({ kind: 'output-limit', limitBytes: 65_536 });
    expect(stdout).toBe('A'.repeat(65_536));
    expect((await retainedBytes()) - before).toBeLessThan(8e6);
    const exactly = await contract.run(`process.stdout.write('B'.repeat(65536))`);
    expect(exactly).toMatchObject({ result: { kind: 'exited', exitCode: 0 }, stdout: 'B'.repeat(65_536) });
  });

  test('filling every folder is refused, while a megabyte works', async () => {
    const { stdout } = await contract.run(FILLS_EVERY_FOLDER);
    const refused = (folder: string) => expect.stringMatching(new RegExp(`^${folder} (ENOSPC|EFBIG|EROFS|EACCES|ENOENT|EPERM)$`));
    expect(stdout.trim().split('\n')).toEqual(['1000000', ...FOLDERS.map(refused)]);
  });
}
