/** Group W, by time: what would keep others waiting for an answer. */
import { connect } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pass } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { until } from '../../sandbox/test-server.ts';
import type { Product } from '../learners.ts';
import { PROBE } from '../probe-lesson.ts';

const DRAFT = `/api/drafts/${PROBE.lesson}`;
const EVENT_LOOP_LIMIT_MS = 200;
const IDLE_MS = 500;
const files = (text: string) => ({ files: { 'main.ts': text } });

export function webLoadCases(product: Product): void {
  const api = () => product.api('ada');

  test.each([
    ['50 MB of JSON', () => `{"files":{"main.ts":"${'x'.repeat(50_000_000)}"}}`, {}],
    ['100,000 open brackets', () => '['.repeat(100_000), {}],
    ['70,000 keys', () => `{${Array.from({ length: 70_000 }, (_, n) => `"k${n}":1`).join()}}`, {}],
    ['a number of 900,000 digits', () => `{"files":${'9'.repeat(900_000)}}`, {}],
    ['a megabyte in compressed form', () => gzipSync(JSON.stringify(files('x'.repeat(900_000)))), { 'content-encoding': 'gzip' }],
    ['UTF-16', () => Buffer.from(JSON.stringify(files('x')), 'utf16le'), {}],
  ])('%s is refused within a second, and no other client waits for it', async (_what, raw, headers) => {
    const text = raw();
    using _lag = watchEventLoop(await idleLagMs());
    const begin = performance.now();
    const answer = await api()('PUT', DRAFT, { raw: text, headers: { 'if-match': '"1"', ...headers } }).catch(
      (error: unknown) => error,
    );
    expect(performance.now() - begin).toBeLessThan(1000);
    // A server that has answered may end the connection while the rest is still sent.
    if (answer instanceof Error) expect(answer.message).toMatch(/ECONNRESET|EPIPE/);
    else expect(answer).toMatchObject({ status: expect.toSatisfy((status: number) => [400, 413, 415].includes(status)) });
  });

  test('300 connections that never finish their request delay no other client', async () => {
    const sockets = Array.from({ length: 300 }, () => connect(Number(new URL(product.url).port), '127.0.0.1'));
    for (const socket of sockets) socket.on('error', () => undefined).write('POST /api/runs HTTP/1.1\r\nHost: ');
    await until(
      () => sockets.filter(({ connecting }) => !connecting).length,
      (open) => open === 300,
    );
    const begin = performance.now();
    expect((await api()('GET', '/api/me')).status).toBe(200);
    expect(performance.now() - begin).toBeLessThan(1000);
    for (const socket of sockets) socket.destroy();
  });
}

/** For how long this process is held up while it does nothing: what a machine does that has other work. */
async function idleLagMs(): Promise<number> {
  const lag = monitorEventLoopDelay({ resolution: 10 });
  lag.enable();
  await pass(IDLE_MS);
  lag.disable();
  return lag.percentile(99) / 1e6;
}

/** Fails, when it is disposed, if this process was held up for long beyond that; the product's server is in it. */
function watchEventLoop(idleMs: number): Disposable {
  const lag = monitorEventLoopDelay({ resolution: 10 });
  lag.enable();
  return {
    [Symbol.dispose]: () => {
      lag.disable();
      expect(lag.percentile(99) / 1e6).toBeLessThan(EVENT_LOOP_LIMIT_MS + idleMs);
    },
  };
}
