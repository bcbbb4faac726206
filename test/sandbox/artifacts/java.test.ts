import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findJava } from '#sandbox/artifacts/find-java.ts';
import { ensureJava } from '#sandbox/artifacts/java.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'java-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function fakeJava(name: string, version: string): Promise<string> {
  const home = join(folder, name);
  await mkdir(join(home, 'bin'), { recursive: true });
  await writeFile(join(home, 'bin', 'java'), '#!/bin/sh\n');
  await chmod(join(home, 'bin', 'java'), 0o755);
  await writeFile(join(home, 'release'), `IMPLEMENTOR="x"\nJAVA_VERSION="${version}"\n`);
  return home;
}

test('uses JAVA_HOME when it is new enough, else the newest on the system', async () => {
  const old = await fakeJava('java-17', '17.0.15');
  await fakeJava('java-21', '21.0.2');
  await fakeJava('java-25', '25');
  const paths = { searchPath: '/nowhere', systemFolders: [folder] };
  expect(findJava({ ...paths, javaHome: join(folder, 'java-21') })?.version).toBe(21);
  expect(findJava({ ...paths, javaHome: old })?.version).toBe(25);
  expect(findJava({ ...paths, javaHome: undefined })?.command).toBe(join(folder, 'java-25', 'bin', 'java'));
});

test('ignores a Java that is too old', async () => {
  await fakeJava('java-17', '17.0.15');
  expect(findJava({ javaHome: undefined, searchPath: '/nowhere', systemFolders: [folder] })).toBeNull();
});

test('without Java and pip the message says how to get one of them', async () => {
  const paths = { home: folder, javaHome: undefined, searchPath: '/nowhere', systemFolders: [] };
  await expect(ensureJava(paths)).rejects.toMatchObject({
    code: 'SERVICE_NOT_READY',
    message: expect.stringContaining('Java 21 or newer is missing'),
    hint: expect.stringContaining('install java'),
  });
});
