import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { identify } from '#sandbox/host/process-identity.ts';
import { startService } from '#sandbox/providers/process/service.ts';
import type { ServiceSpec } from '#sandbox/providers/provider.ts';
import { small } from '../../contract/small/software.ts';

const host = { searchPath: '/usr/bin:/bin' };
let dir = '';
beforeEach(async () => {
  dir = join(await mkdtemp(join(tmpdir(), 'service-')), 'inner');
});
afterEach(() => rm(join(dir, '..'), { recursive: true, force: true }));

/** A service that is a small Node program. */
function service(script: string, more: Partial<ServiceSpec> = {}): ServiceSpec {
  return {
    name: 'echo',
    software: small,
    ports: ['main', 'other'],
    memoryMb: 50,
    launch: async ({ ports }) => ({
      command: [process.execPath, 'echo.js', String(ports.main)],
      files: { 'echo.js': script },
      env: { GREETING: 'hello' },
    }),
    ready: { log: 'ready' },
    readyTimeoutMs: 20_000,
    stopTimeoutMs: 5000,
    ...more,
  };
}

const STAYS = 'console.log("ready " + process.env.GREETING + process.argv[2]); setInterval(() => {}, 1000);';

test('a service is ready when it has printed its line, with free ports, a log and files that other users cannot read', {
  timeout: 30_000,
}, async () => {
  await using started = await startService(service(STAYS), { dir }, host);
  const { main, other } = started.endpoints;
  expect(main?.host).toBe('127.0.0.1');
  expect(main?.port).not.toBe(other?.port);
  expect(await readFile(join(dir, 'echo.log'), 'utf8')).toBe(`ready hello${main?.port}\n`);
  expect((await stat(dir)).mode & 0o777).toBe(0o700);
  expect((await stat(join(dir, 'echo.js'))).mode & 0o777).toBe(0o600);
  expect(identify(started.pid)).not.toBeNull();
});

test('disposing it stops it, and disposing it again does nothing', { timeout: 30_000 }, async () => {
  const started = await startService(service(`process.on('SIGTERM', () => process.exit(7)); ${STAYS}`), { dir }, host);
  await started[Symbol.asyncDispose]();
  expect(await started.ended).toMatchObject({ exitCode: 7, logTail: expect.stringContaining('ready') });
  await started[Symbol.asyncDispose]();
  expect(identify(started.pid)).toBeNull();
});

test('a service that ignores SIGTERM is killed after its time', { timeout: 30_000 }, async () => {
  const started = await startService(service(`process.on('SIGTERM', () => {}); ${STAYS}`, { stopTimeoutMs: 200 }), { dir }, host);
  await started[Symbol.asyncDispose]();
  expect(await started.ended).toMatchObject({ signal: 'SIGKILL' });
});

test('restarted in the same folder it has the same ports and is not prepared again', { timeout: 30_000 }, async () => {
  let prepared = 0;
  const prepare = async () => {
    prepared++;
    return { command: [process.execPath, '-e', 'console.log("formatted")'] as const };
  };
  const first = await startService(service(STAYS, { prepare }), { dir }, host);
  await first[Symbol.asyncDispose]();
  await using second = await startService(service(STAYS, { prepare }), { dir }, host);
  expect(second.endpoints).toEqual(first.endpoints);
  expect(prepared).toBe(1);
});

test('a service that ends while it is starting fails with its last lines', { timeout: 30_000 }, async () => {
  const starting = startService(service('console.error("no such disk"); process.exit(1)'), { dir }, host);
  await expect(starting).rejects.toMatchObject({
    code: 'SERVICE_NOT_READY',
    message: expect.stringMatching(/echo ended while it was starting.*no such disk/s),
    hint: expect.stringContaining('npm run doctor'),
  });
});

test('a service that is never ready fails after its time, and has ended', { timeout: 30_000 }, async () => {
  const script = 'console.log("pid " + process.pid); setInterval(() => {}, 1000);';
  const starting = startService(service(script, { readyTimeoutMs: 1500 }), { dir }, host);
  await expect(starting).rejects.toThrow('echo was not ready within 1500 ms');
  const pid = Number((await readFile(join(dir, 'echo.log'), 'utf8')).split(' ')[1]);
  expect(identify(pid)).toBeNull();
});

test('a preparation that fails is reported with its last lines, and is repeated at the next start', {
  timeout: 30_000,
}, async () => {
  const fails = async () => ({ command: [process.execPath, '-e', 'console.error("cannot format"); process.exit(2)'] as const });
  await expect(startService(service(STAYS, { prepare: fails }), { dir }, host)).rejects.toThrow(
    /could not be prepared.*cannot format/s,
  );
  let prepared = 0;
  const works = async () => {
    prepared++;
    return null;
  };
  await using _ = await startService(service(STAYS, { prepare: works }), { dir }, host);
  expect(prepared).toBe(1);
});

test('stopping it while it is starting ends it', { timeout: 30_000 }, async () => {
  const stop = new AbortController();
  const onProgress = () => stop.abort(new Error('stopped'));
  const starting = startService(service('setInterval(() => {}, 1000)'), { dir, signal: stop.signal, onProgress }, host);
  await expect(starting).rejects.toThrow('stopped');
});

test('its log stays small', { timeout: 60_000 }, async () => {
  const script = `const line = 'x'.repeat(999); let left = 12000;
    const more = () => { while (left-- > 0) if (!process.stdout.write(line + '\\n')) { process.stdout.once('drain', more); return; } console.log('ready'); };
    more(); setInterval(() => {}, 1000);`;
  await using _ = await startService(service(script), { dir }, host);
  expect((await stat(join(dir, 'echo.log'))).size).toBeLessThan(6e6);
  expect((await stat(join(dir, 'echo.log.1'))).size).toBeLessThan(6e6);
});
