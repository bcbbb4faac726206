import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimInstance, runningInstance } from '#sandbox/app/instance.ts';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { instanceName, isLeftOver } from '#sandbox/host/instance-name.ts';
import { identify, isRunning } from '#sandbox/host/process-identity.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'instance-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** Starts a process that claims the home; returns it and the id of the service that it started. */
async function otherServer() {
  const child = spawn(process.execPath, [join(PROJECT_DIR, 'test/fixtures/process/claim-and-serve.ts'), home], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  return { child, servicePid: Number(String(line)) };
}

test('tells a second server the address of the first', { timeout: 30_000 }, async () => {
  const { child, servicePid } = await otherServer();
  await expect(claimInstance(home)).rejects.toMatchObject({
    code: 'SERVICE_NOT_READY',
    message: `Streamwright is already running at http://127.0.0.1:4321 (process ${child.pid}).`,
    hint: expect.stringContaining('STREAMWRIGHT_HOME'),
  });
  expect(runningInstance(home)).toEqual({ pid: child.pid, url: 'http://127.0.0.1:4321' });
  expect(identify(servicePid)).not.toBeNull();
  child.kill('SIGKILL');
  process.kill(servicePid, 'SIGKILL');
});

test('after a kill the next server gets the home immediately and ends the services that were left', {
  timeout: 30_000,
}, async () => {
  const { child, servicePid } = await otherServer();
  const service = identify(servicePid);
  child.kill('SIGKILL');
  await once(child, 'close');
  expect(runningInstance(home)).toBeNull();
  expect(service && isRunning(service)).toBe(true);
  using _ = await claimInstance(home);
  expect(service && isRunning(service)).toBe(false);
});

test('does not end a process that merely has the id of an earlier service', async () => {
  const bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await once(bystander, 'spawn');
  const services = [{ name: 'kafka', pid: bystander.pid, startedAt: '1' }];
  await writeFile(
    join(home, 'instance.json'),
    JSON.stringify({ process: { pid: 999_999_999, startedAt: '1' }, url: null, services }),
  );
  using _ = await claimInstance(home);
  expect(identify(bystander.pid ?? 0)).not.toBeNull();
  bystander.kill('SIGKILL');
});

test('a home that was released can be claimed again', async () => {
  const first = await claimInstance(home);
  await expect(claimInstance(home)).rejects.toThrow('is already starting');
  first[Symbol.dispose]();
  first[Symbol.dispose]();
  using _ = await claimInstance(home);
  expect(runningInstance(home)).toEqual({ pid: process.pid, url: null });
});

test('a file that a crash left half written does not prevent the next start', async () => {
  await writeFile(join(home, 'instance.json'), '{"process":');
  using instance = await claimInstance(home);
  instance.recordUrl('http://127.0.0.1:1');
  expect(JSON.parse(await readFile(join(home, 'instance.json'), 'utf8')).url).toBe('http://127.0.0.1:1');
});

test('names distinguish leftovers from what is in use and from what is not ours', () => {
  expect(isLeftOver(`${instanceName()}-abc`)).toBe(false);
  expect(isLeftOver('streamwright-999999999-17-abc')).toBe(true);
  expect(isLeftOver(`streamwright-${process.pid}-1-abc`)).toBe(true);
  expect(isLeftOver('streamwright-test-abc')).toBe(false);
  expect(isLeftOver('something-else')).toBe(false);
});

test.skipIf(process.platform !== 'linux')('a service that starts on a full disk is recorded once there is room', async () => {
  using instance = await claimInstance(home);
  await symlink('/dev/full', join(home, 'instance.json.new'));
  instance.recordService('kafka', process.pid);
  const recorded = async () => JSON.parse(await readFile(join(home, 'instance.json'), 'utf8')).services;
  expect(await recorded()).toEqual([]);
  await rm(join(home, 'instance.json.new'));
  await expect.poll(recorded).toMatchObject([{ name: 'kafka', pid: process.pid }]);
});
