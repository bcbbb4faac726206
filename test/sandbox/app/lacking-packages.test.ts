import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lackingPackages } from '#sandbox/app/lacking-packages.ts';
import { makeTemporaryFolder } from '#sandbox/host/instance-name.ts';
import { SERVICES } from '#sandbox/services/services.ts';

let home = '';
beforeEach(async () => {
  home = await makeTemporaryFolder();
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function lacking(commands: readonly string[], { isRoot = true, platform = 'linux', version = 0 } = {}) {
  for (const name of commands) {
    writeFileSync(join(home, name), '');
    chmodSync(join(home, name), 0o755);
  }
  const kind = { isRoot, platform: platform as NodeJS.Platform };
  return lackingPackages({ home, path: home, javaHome: undefined }, kind, () => (version ? { command: 'java', version } : null));
}

test('a bare machine lacks what fetches, runs and guards', async () => {
  expect(await lacking([])).toEqual(['maven', 'java', 'bubblewrap', 'setpriv']);
  expect(await lacking([], { isRoot: false })).toEqual(['maven', 'java', 'bubblewrap']);
  expect(await lacking([], { platform: 'darwin' })).toEqual(['maven', 'java']);
});

test('a Java needs no pip, and pip no Java', async () => {
  expect(await lacking(['mvn', 'bwrap', 'setpriv'], { version: 21 })).toEqual([]);
  expect(await lacking(['mvn', 'bwrap', 'setpriv', 'pip3'])).toEqual([]);
});

test('what has been fetched needs no Maven', async () => {
  for (const service of SERVICES) mkdirSync((await service.fetched(home)).folder, { recursive: true });
  expect(await lacking(['bwrap', 'setpriv', 'pip3'])).toEqual([]);
});
