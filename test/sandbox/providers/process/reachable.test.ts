import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readableByAll } from '#sandbox/providers/process/reachable.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reachable-'));
  await chmod(folder, 0o755);
  await mkdir(join(folder, 'home', 'package', 'src'), { recursive: true });
  await writeFile(join(folder, 'home', 'package', 'src', 'index.js'), 'code', { mode: 0o600 });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('uses what every user can read in place', async () => {
  const open = join(folder, 'home', 'package');
  expect(await readableByAll(open, folder)).toBe(open);
});

test('copies what is in a closed home to where every user can read all of it', async () => {
  await chmod(join(folder, 'home'), 0o700);
  const copy = await readableByAll(join(folder, 'home', 'package'), folder);
  expect(copy.startsWith(join(folder, 'home'))).toBe(false);
  expect(await readFile(join(copy, 'src', 'index.js'), 'utf8')).toBe('code');
  for (const part of [copy, join(copy, 'src'), join(copy, 'src', 'index.js')])
    expect((await stat(part)).mode & 0o005).toBe(0o005);
});
