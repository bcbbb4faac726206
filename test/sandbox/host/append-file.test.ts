import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { AppendFile } from '#sandbox/host/append-file.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'append-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test('appends to what is there, below a folder that it makes', () => {
  const path = join(folder(), 'logs', 'a.log');
  for (const text of ['one\n', 'two\n']) {
    using file = new AppendFile(path, { keptBytes: 100 });
    file.append(text);
  }
  expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
});

test('a file that has grown large is kept as the one before, and the next begins', () => {
  const path = join(folder(), 'a.log');
  using file = new AppendFile(path, { keptBytes: 10 });
  for (const text of ['12345678\n', '2345678\n', 'third\n']) file.append(text);
  expect(readFileSync(`${path}.1`, 'utf8')).toBe('12345678\n2345678\n');
  expect(readFileSync(path, 'utf8')).toBe('third\n');
});

test.skipIf(process.platform !== 'linux')(
  'what cannot be written harms nobody, and is told once when there is room again',
  () => {
    const dir = folder();
    const path = join(dir, 'a.log');
    // A device that is always full.
    symlinkSync('/dev/full', path);
    using file = new AppendFile(path, { keptBytes: 100, noteOf: (count, why) => `lost ${count}: ${why}\n` });
    file.append('one\n');
    file.append('two\n');
    rmSync(path);
    file.reopen();
    file.append('three\n');
    file.append('four\n');
    expect(readFileSync(path, 'utf8')).toBe('lost 2: ENOSPC\nthree\nfour\n');
  },
);

test('a file that cannot be opened is tried again with each line', () => {
  const dir = folder();
  const path = join(dir, 'a.log');
  mkdirSync(path);
  using file = new AppendFile(path, { keptBytes: 100 });
  file.append('lost\n');
  rmSync(path, { recursive: true });
  file.append('kept\n');
  expect(readFileSync(path, 'utf8')).toBe('… 1 line could not be written (EISDIR)\nkept\n');
  expect(statSync(path).mode & 0o777).toBe(0o600);
});
