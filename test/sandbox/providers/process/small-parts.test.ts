import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { limitFiles } from '#sandbox/providers/process/cgroup-cage.ts';
import { version1 } from '#sandbox/providers/process/cgroup-tree.ts';
import { withoutInherited } from '#sandbox/providers/process/inherited-descriptors.ts';
import { libraryPaths } from '#sandbox/providers/process/libraries.ts';
import { UserPool } from '#sandbox/providers/process/users.ts';

test('reads the libraries of a program from the output of ldd, on any processor', () => {
  const x64 =
    '\tlinux-vdso.so.1 (0x7f)\n\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x7f)\n\t/lib64/ld-linux-x86-64.so.2 (0x7f)\n';
  expect(libraryPaths(x64)).toEqual(['/lib/x86_64-linux-gnu/libc.so.6', '/lib64/ld-linux-x86-64.so.2']);
  const arm =
    '\tlibm.so.6 => /lib/aarch64-linux-gnu/libm.so.6 (0xff)\n\t/lib/ld-linux-aarch64.so.1 (0xff)\n\tlibx.so => not found\n';
  expect(libraryPaths(arm)).toEqual(['/lib/aarch64-linux-gnu/libm.so.6', '/lib/ld-linux-aarch64.so.1']);
});

test('creates groups below our own, so that an outer limit keeps counting', async () => {
  const root = await mkdtemp(join(tmpdir(), 'cgroup-'));
  mkdirSync(join(root, 'memory', 'outer'), { recursive: true });
  mkdirSync(join(root, 'pids'));
  const mounts = `cgroup ${root}/memory cgroup rw,memory 0 0\ncgroup ${root}/pids cgroup rw,pids 0 0\n`;
  expect(version1(mounts, '4:memory:/outer\n3:pids:/not-here\n')).toEqual({
    version: 1,
    parents: [
      { folder: join(root, 'memory', 'outer'), controllers: ['memory'] },
      { folder: join(root, 'pids'), controllers: ['pids'] },
    ],
  });
  expect(version1(`cgroup ${root}/pids cgroup rw,pids 0 0\n`, '3:pids:/\n')).toBeNull();
  await rm(root, { recursive: true });
});

test('writes limits in the format of both versions of control groups', () => {
  const limits = { memoryMb: 256, processes: 128 };
  expect(limitFiles(2, 'memory', limits)).toContainEqual(['memory.max', '268435456']);
  expect(limitFiles(2, 'memory', limits)).toContainEqual(['memory.swap.max', '0']);
  expect(limitFiles(1, 'memory', limits)).toContainEqual(['memory.limit_in_bytes', '268435456']);
  expect(limitFiles(2, 'pids', limits)).toEqual([['pids.max', '128']]);
  expect(limitFiles(2, 'cpu', limits)).toEqual([['cpu.max', '100000 100000']]);
});

test('no two simultaneous programs have the same user', () => {
  const pool = new UserPool();
  const taken = Array.from({ length: 300 }, () => pool.take());
  expect(new Set(taken.map(({ uid }) => uid)).size).toBe(300);
  expect(taken.every(({ uid }) => uid >= 60_578 && uid <= 61_183)).toBe(true);
  for (const user of taken) user[Symbol.dispose]();
  expect(() => Array.from({ length: 606 }, () => pool.take())).not.toThrow();
  expect(() => pool.take()).toThrow('all 606 user ids');
});

test('replaces inherited descriptors, but not those that are meant for the program', () => {
  const stdio = withoutInherited(['ignore', 'pipe', 'pipe', 9, 'pipe'], [3, 6, 8]);
  expect(stdio.slice(0, 6)).toEqual(['ignore', 'pipe', 'pipe', 9, 'pipe', 'ignore']);
  expect(typeof stdio[6]).toBe('number');
  expect(stdio[7]).toBe('ignore');
  expect(typeof stdio[8]).toBe('number');
});
