import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accepts } from '#sandbox/host/accepts.ts';
import type { ServiceSpec } from '#sandbox/providers/provider.ts';
import type { Readiness } from '#sandbox/readiness/readiness.ts';
import type { Contract } from '../provider-contract.ts';
import { type SmallSoftware, small } from './small/software.ts';

const DELAY_MS = 700;
const FOR_EVER_MS = 1e9;

/** A server that listens after a while, and responds with 503 until another while has passed. */
function server({ node, server: file }: SmallSoftware, { ready, coldMs }: { ready: Readiness; coldMs: number }): ServiceSpec {
  return {
    name: 'small',
    software: small,
    ports: ['main'],
    memoryMb: 100,
    launch: async ({ bindHost, ports }) => ({
      command: [node, file, bindHost, String(ports.main), String(DELAY_MS), String(coldMs)],
    }),
    ready,
    readyTimeoutMs: 20_000,
    stopTimeoutMs: 0,
  };
}

/** A shell script that may never become ready. */
function script(text: string, ready: Readiness, readyTimeoutMs = 20_000): ServiceSpec {
  return {
    name: 'small',
    software: small,
    ports: ['main'],
    memoryMb: 50,
    launch: async () => ({ command: ['/bin/sh', '-c', text], env: { GREETING: 'hello' } }),
    ready,
    readyTimeoutMs,
    stopTimeoutMs: 0,
  };
}

const NEVER: readonly [string, Readiness][] = [
  ['log', { log: 'ready' }],
  ['port', { port: 'main' }],
  ['http', { http: { port: 'main', path: '/ready' } }],
  ['command', { command: ['/bin/false'] }],
];

/** How services show that they are ready. */
export function readinessCases(contract: Contract): void {
  let dir = '';
  beforeEach(async () => {
    dir = join(await mkdtemp(join(tmpdir(), 'service-')), 'inner');
  });
  afterEach(() => rm(join(dir, '..'), { recursive: true, force: true }));
  const start = (spec: ServiceSpec) => contract.provider.startService(spec, { dir });
  const software = () => contract.provider.software(small);

  test('by a port: it is ready when it listens, whatever it responds', async () => {
    const spec = server(await software(), { ready: { port: 'main' }, coldMs: FOR_EVER_MS });
    await using started = await start(spec);
    expect(await accepts(started.endpoints.main!, AbortSignal.timeout(10_000))).toBe(true);
    const { status } = await fetch(`http://127.0.0.1:${started.endpoints.main!.port}/`);
    expect(status).toBe(503);
  });

  test('by HTTP: it is ready when it responds with the status', async () => {
    const ready = { http: { port: 'main', path: '/ready', status: 204 } };
    await using started = await start(server(await software(), { ready, coldMs: DELAY_MS }));
    const { status } = await fetch(`http://127.0.0.1:${started.endpoints.main!.port}/`);
    expect(status).toBe(204);
  });

  test('by a command: it is ready when the command succeeds in its folder with its environment', async () => {
    const ready: Readiness = { command: ['/bin/sh', '-c', '[ "$GREETING" = hello ] && [ -e made ] && : >asked'] };
    await using started = await start(
      script('sleep 1; : >made; while [ ! -e asked ]; do sleep 0.1; done; exec sleep 1000', ready),
    );
    expect(started.pid).toBeGreaterThan(0);
  });

  test('restarted after a kill, it is ready when it listens again', async () => {
    const spec = server(await software(), { ready: { port: 'main' }, coldMs: FOR_EVER_MS });
    await using first = await start(spec);
    await first.kill();
    await using second = await start(spec);
    expect(second.endpoints).toEqual(first.endpoints);
    expect((await fetch(`http://127.0.0.1:${second.endpoints.main!.port}/`)).status).toBe(503);
  });

  describe.each(NEVER)('by %s', (_, ready) => {
    test('a service that is never ready fails after its time, with its last lines', async () => {
      const starting = start(script('echo "I am slow"; exec sleep 1000', ready, 3000));
      await expect(starting).rejects.toMatchObject({
        code: 'SERVICE_NOT_READY',
        message: expect.stringMatching(/small was not ready within 3000 ms.*I am slow/s),
      });
    });

    test('a service that ends while it is starting fails with its last lines', async () => {
      const starting = start(script('echo "no such disk" >&2; sleep 1; exit 1', ready));
      await expect(starting).rejects.toThrow(/small ended while it was starting.*no such disk/s);
    });
  });
}
