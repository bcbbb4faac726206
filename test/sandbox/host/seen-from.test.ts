import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { seenFrom } from '#sandbox/host/seen-from.ts';

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'seen-from-'));
  mkdirSync(join(base, 'deep/er/real'), { recursive: true });
  writeFileSync(join(base, 'file'), 'found');
  symlinkSync(join(base, 'deep/er'), join(base, 'link'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

test.each(['deep/er/real', 'link/real', 'link'])('a path as seen from %s leads to the file', (dir) => {
  const from = join(base, dir);
  // Joined by hand: `join` would fold the `..` by name, which the kernel does not.
  expect(readFileSync(`${from}/${seenFrom(from, join(base, 'file'))}`, 'utf8')).toBe('found');
});

test('a folder that is not there yet is seen from where it will be', () => {
  const from = join(base, 'link/new');
  const path = seenFrom(from, join(base, 'file'));
  mkdirSync(from);
  expect(readFileSync(`${from}/${path}`, 'utf8')).toBe('found');
});
