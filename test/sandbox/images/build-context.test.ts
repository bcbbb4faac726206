import { text } from 'node:stream/consumers';
import { extract } from 'tar-stream';
import { expect, test } from 'vitest';
import { archive, filesBelow, hashOf } from '#sandbox/images/build-context.ts';
import { temporaryHome, writeFiles } from '../temporary-home.ts';

test('the hash is the same for the same files in any order, and differs with a text, path, mode or fact', async () => {
  const files = [
    { path: 'a', text: '1' },
    { path: 'b', text: '2' },
  ];
  const hash = await hashOf(files, ['x64']);
  expect(await hashOf(files.toReversed(), ['x64'])).toBe(hash);
  const others = [
    await hashOf(
      [
        { path: 'a', text: '1' },
        { path: 'b', text: '3' },
      ],
      ['x64'],
    ),
    await hashOf(
      [
        { path: 'a', text: '1' },
        { path: 'c', text: '2' },
      ],
      ['x64'],
    ),
    await hashOf(
      [
        { path: 'a', text: '1' },
        { path: 'b', text: '2', mode: 0o755 },
      ],
      ['x64'],
    ),
    await hashOf(files, ['arm64']),
    await hashOf([{ path: 'a', text: '1b2' }], ['x64']),
  ];
  expect(new Set([hash, ...others]).size).toBe(6);
});

test('a file on disk and a text with the same content make the same image', async () => {
  using home = temporaryHome();
  writeFiles(home.dir, { 'files/Dockerfile': 'FROM x\n' });
  const onDisk = await filesBelow(`${home.dir}/files`, { target: '.' });
  expect(await hashOf(onDisk)).toBe(await hashOf([{ path: 'Dockerfile', text: 'FROM x\n' }]));
});

test('the archive holds each file with its path, mode and content, but no time of this machine', async () => {
  using home = temporaryHome();
  writeFiles(home.dir, { 'files/deep/one.ts': 'export {};\n', 'files/two.md': 'no' });
  const files = await filesBelow(`${home.dir}/files`, { target: 'in', accept: (path) => path.endsWith('.ts') });
  const seen: unknown[] = [];
  const reader = archive([...files, { path: 'node', text: 'binary', mode: 0o755 }]).pipe(extract());
  for await (const entry of reader) {
    const { name, mode, mtime } = entry.header;
    seen.push([name, mode, mtime?.getTime(), await text(entry)]);
  }
  expect(seen).toEqual([
    ['in/deep/one.ts', 0o644, 0, 'export {};\n'],
    ['node', 0o755, 0, 'binary'],
  ]);
});

test('a missing folder has no files', async () => {
  expect(await filesBelow('/nowhere/at/all', { target: '.' })).toEqual([]);
});
