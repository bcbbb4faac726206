import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { installPackages } from '#sandbox/host/install-packages.ts';
import { makeTemporaryFolder } from '#sandbox/host/instance-name.ts';
import { installCommand } from '#sandbox/host/machine-packages.ts';

let bin = '';
beforeEach(async () => {
  bin = await makeTemporaryFolder();
});
afterEach(() => rmSync(bin, { recursive: true, force: true }));

/** Puts a command on the PATH of the test that notes its arguments and runs `script`. */
function fake(name: string, script = 'exit 0'): void {
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, name), `#!/bin/sh\necho "$*" >> '${bin}/calls'\n${script}\n`);
  chmodSync(join(bin, name), 0o755);
}

const calls = () => (existsSync(join(bin, 'calls')) ? readFileSync(join(bin, 'calls'), 'utf8').trim().split('\n') : []);

async function install({ mayInstall = true, isRoot = true } = {}): Promise<string> {
  const said: string[] = [];
  await installPackages(['maven', 'java', 'bubblewrap'], {
    ...{ searchPath: bin, environment: { PATH: '/usr/bin:/bin' }, mayInstall, isRoot },
    say: (message) => said.push(message),
  });
  return said.join('\n');
}

test.each([
  ['apt-get', 'sudo apt-get install -y maven python3-pip bubblewrap'],
  ['dnf', 'sudo dnf install -y maven java-21-openjdk-headless bubblewrap'],
  ['pacman', 'sudo pacman -S --noconfirm maven jre-openjdk-headless bubblewrap'],
  ['brew', 'brew install maven openjdk'],
])('where the machine has %s, one command installs all that it lacks', async (manager, command) => {
  fake(manager);
  expect(installCommand(['maven', 'java', 'bubblewrap'], bin, false)).toBe(command);
  expect(await install({ isRoot: false })).toBe(
    `This machine lacks: maven fetches Kafka and Flink, java runs them, bubblewrap keeps programs in a sandbox. To install: ${command}`,
  );
  expect(calls()).toEqual([]);
});

test('root on Debian installs it, after saying what and why', async () => {
  fake('apt-get');
  expect(await install()).toMatch(
    /^This machine lacks: maven fetches .*STREAMWRIGHT_INSTALL=no.*: apt-get install -y maven python3-pip/,
  );
  expect(calls()).toEqual(['install -y -qq --no-install-recommends maven python3-pip bubblewrap']);
});

test('a machine without a list of packages fetches one first', async () => {
  fake('apt-get', `[ "$1" = update ] && touch '${bin}/list'; [ -e '${bin}/list' ]`);
  expect(await install()).not.toContain('Not everything');
  expect(calls().map((line) => line.split(' ')[0])).toEqual(['install', 'update', 'install']);
});

test('what apt-get says is shown when it fails, and the start goes on', async () => {
  fake('apt-get', 'echo "E: Unable to locate package"; exit 100');
  expect(await install()).toContain('E: Unable to locate package\nNot everything could be installed.');
});

test('nothing is installed with STREAMWRIGHT_INSTALL=no, nor with another package manager', async () => {
  fake('apt-get');
  expect(await install({ mayInstall: false })).toContain('To install: apt-get install -y maven');
  rmSync(join(bin, 'apt-get'));
  fake('dnf');
  expect(await install()).toContain('To install: dnf install -y maven');
  expect(calls()).toEqual([]);
});
