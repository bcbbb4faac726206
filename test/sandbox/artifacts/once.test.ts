import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeOnce } from '#sandbox/artifacts/once.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'once-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('makes a folder once, and not again when it exists', async () => {
  const made: string[] = [];
  const make = async (aside: string) => {
    made.push(aside);
    await writeFile(join(aside, 'jar'), 'first');
  };
  await makeOnce(join(folder, 'target'), make);
  await makeOnce(join(folder, 'target'), make);
  expect(made).toHaveLength(1);
  expect(await readFile(join(folder, 'target', 'jar'), 'utf8')).toBe('first');
});

test('leaves one complete folder, and nothing else, when two make it at the same time', async () => {
  const bothStarted = Promise.withResolvers<void>();
  let started = 0;
  const make = async (aside: string) => {
    await writeFile(join(aside, 'a'), 'a');
    if (++started === 2) bothStarted.resolve();
    await bothStarted.promise;
    await writeFile(join(aside, 'b'), 'b');
  };
  await Promise.all([makeOnce(join(folder, 'target'), make), makeOnce(join(folder, 'target'), make)]);
  expect(await readdir(folder)).toEqual(['target']);
  expect((await readdir(join(folder, 'target'))).sort()).toEqual(['a', 'b']);
});

test('leaves nothing after a failure, so that the next start tries again', async () => {
  const fail = makeOnce(join(folder, 'target'), async (aside) => {
    await writeFile(join(aside, 'half'), '');
    throw new Error('no network');
  });
  await expect(fail).rejects.toThrow('no network');
  expect(await readdir(folder)).toEqual([]);
});

test('removes what a killed process left, but not the work of a running one', async () => {
  await mkdir(join(folder, 'streamwright-999999999-17-abc'));
  const other = Promise.withResolvers<void>();
  const slow = makeOnce(join(folder, 'slow'), () => other.promise);
  await makeOnce(join(folder, 'quick'), async () => undefined);
  const names = await readdir(folder);
  expect(names).not.toContain('streamwright-999999999-17-abc');
  expect(names.filter((name) => name.startsWith('streamwright-'))).toHaveLength(1);
  other.resolve();
  await slow;
});
