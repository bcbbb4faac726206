import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ServiceSpec } from '#sandbox/providers/provider.ts';
import type { Contract } from '../provider-contract.ts';
import { small } from './small/software.ts';

const SHELL = '/bin/sh';

/** A service that is a small shell script. */
function service(script: string, more: Partial<ServiceSpec> = {}): ServiceSpec {
  return {
    name: 'small',
    software: small,
    ports: ['main', 'other'],
    memoryMb: 50,
    launch: async ({ dir }) => ({
      command: [SHELL, join(dir, 'small.sh')],
      files: { 'small.sh': script },
      env: { GREETING: 'hello' },
    }),
    ready: { log: 'ready' },
    readyTimeoutMs: 20_000,
    stopTimeoutMs: 0,
    ...more,
  };
}

const STAYS = 'echo "ready $GREETING"; exec sleep 1000';

/** How services run. */
export function serviceCases(contract: Contract): void {
  let dir = '';
  beforeEach(async () => {
    dir = join(await mkdtemp(join(tmpdir(), 'service-')), 'inner');
  });
  afterEach(() => rm(join(dir, '..'), { recursive: true, force: true }));
  const start = (spec: ServiceSpec, signal?: AbortSignal) => contract.provider.startService(spec, { dir, signal });

  test('a service is ready when it has printed its line, with two ports of its own and a log', async () => {
    await using started = await start(service(STAYS));
    const { main, other } = started.endpoints;
    expect(main?.host).toBe('127.0.0.1');
    expect(main?.port).not.toBe(other?.port);
    expect(Object.keys(started.inside)).toEqual(['main', 'other']);
    expect(await readFile(join(dir, 'small.log'), 'utf8')).toContain('ready hello');
    expect(started.pid).toBeGreaterThan(0);
  });

  test('its end is reported with its exit code and its last lines', async () => {
    await using started = await start(service('echo ready; sleep 1; echo "last words"; exit 7'));
    expect(await started.ended).toMatchObject({ exitCode: 7, logTail: expect.stringContaining('last words') });
  });

  test('disposing it stops it, and disposing it again does nothing', async () => {
    const started = await start(service(STAYS));
    await started[Symbol.asyncDispose]();
    await started.ended;
    await started[Symbol.asyncDispose]();
  });

  test('a service that ended restarts in the same folder with its ports and its state, and is not prepared again', async () => {
    const prepare: ServiceSpec['prepare'] = async ({ dir }) => ({
      command: [SHELL, '-c', `echo prepared >>${join(dir, 'state')}`],
    });
    const spec = service('echo ready $(wc -l <state) $(cat state); echo more >>state; sleep 1', { prepare });
    await using first = await start(spec);
    await first.ended;
    await using second = await start(spec);
    expect(second.endpoints).toEqual(first.endpoints);
    expect(second.pid).not.toBe(first.pid);
    const log = await readFile(join(dir, 'small.log'), 'utf8');
    expect(log.match(/^ready .*/gm)).toEqual(['ready 1 prepared', 'ready 2 prepared more']);
  });

  test('a service that was killed restarts in its place, and killing it twice does nothing', async () => {
    const spec = service('echo ready; exec sleep 1000');
    await using first = await start(spec);
    await first.kill();
    await first.kill();
    expect(await first.ended).toMatchObject({ logTail: expect.stringContaining('ready') });
    await using second = await start(spec);
    expect(second.endpoints).toEqual(first.endpoints);
  });

  test('a service that ends while it is starting fails with its last lines', async () => {
    await expect(start(service('echo "no such disk" >&2; exit 1'))).rejects.toMatchObject({
      code: 'SERVICE_NOT_READY',
      message: expect.stringMatching(/small ended while it was starting.*no such disk/s),
      hint: expect.stringContaining('npm run doctor'),
    });
  });

  test('a service that is never ready fails after its time', async () => {
    const starting = start(service('echo "I am slow"; exec sleep 1000', { readyTimeoutMs: 2500 }));
    await expect(starting).rejects.toThrow(/small was not ready within 2500 ms.*I am slow/s);
  });

  test('a preparation that fails is reported with its last lines', async () => {
    const prepare = async () => ({ command: [SHELL, '-c', 'echo "cannot format" >&2; exit 2'] as const });
    await expect(start(service(STAYS, { prepare }))).rejects.toThrow(/cannot format/);
  });

  test('stopping it while it is starting ends it', async () => {
    const stop = new AbortController();
    const starting = contract.provider.startService(service('echo begun; exec sleep 1000'), {
      dir,
      signal: stop.signal,
      onProgress: () => setTimeout(() => stop.abort(new Error('stopped')), 500),
    });
    await expect(starting).rejects.toThrow('stopped');
  });
}
