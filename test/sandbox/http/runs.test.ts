import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { waitingFor } from '#sandbox/protocol/waiting.ts';
import { endless, exited, fakeStack } from '../fake-stack.ts';
import { type Answer, startTestServer, until } from '../test-server.ts';

const body = { lesson: 'log/append', files: { 'main.ts': 'mine' } };
type Api = Awaited<ReturnType<typeof startTestServer>>['api'];

const start = async (api: Api): Promise<string> => (await api('POST', '/api/runs', { body })).body.runId;
const read = async (api: Api, id: string): Promise<Answer['body']> => (await api('GET', `/api/runs/${id}`)).body;
const ended = (api: Api, id: string) =>
  until(
    () => read(api, id),
    ({ status }) => status === 'finished' || status === 'error',
  );

test("a run has the learner's file with the read-only ones, and its own credential", async () => {
  const seen: { files: Readonly<Record<string, string>>; env: Readonly<Record<string, string>> | undefined }[] = [];
  const stack = fakeStack(async ({ files, env }) => {
    seen.push({ files, env });
    return exited;
  });
  const { api } = await startTestServer({ stack });
  const run = await ended(api, await start(api));
  expect(run).toMatchObject({ status: 'finished', result: exited, seed: 1729, error: null });
  expect(Object.keys(run.phases).sort()).toEqual(['inputs', 'lease', 'program', 'topics']);
  expect(seen[0]?.files['main.ts']).toBe('mine');
  expect(seen[0]?.files).toHaveProperty(['cluster.ts']);
  expect(JSON.parse(seen[0]?.env?.STREAMWRIGHT_CLUSTER ?? '')).toMatchObject({ topics: { orders: { partitions: 1 } } });
  expect([...stack.topics]).toEqual([expect.stringMatching(/\.1\.orders$/)]);
});

test('each run has its own topics', async () => {
  const { api, stack } = await startTestServer();
  await ended(api, await start(api));
  await ended(api, await start(api));
  expect(stack.topics.size).toBe(2);
  expect(stack.tenants.size).toBe(3); // one is in use, two are spare
});

test('output arrives in order, joined, and is cut at the limit', async () => {
  const stack = fakeStack(async (_program, { onOutput, limits }) => {
    for (let seq = 0; seq < 1000; seq++)
      onOutput({ seq, stream: seq % 100 === 99 ? 'stderr' : 'stdout', text: `${'ä'.repeat(50)}\n`, atMs: seq });
    return { kind: 'output-limit', limitBytes: limits.outputBytes, durationMs: 5 };
  });
  const { api } = await startTestServer({ stack });
  const { output, result } = await ended(api, await start(api));
  expect(result.kind).toBe('output-limit');
  expect(output.length).toBeLessThan(30);
  expect(output.map(({ seq }: { seq: number }) => seq)).toEqual(output.map((_: unknown, index: number) => index));
  expect(output.at(-1)).toMatchObject({ stream: 'system', text: expect.stringContaining('64 KiB') });
  const shown = output
    .slice(0, -1)
    .map(({ text }: { text: string }) => text)
    .join('');
  expect(Buffer.byteLength(shown)).toBeLessThanOrEqual(64 * 1024);
  expect(shown).not.toContain('\uFFFD');
});

test('Stop ends a run within 3 s', async () => {
  const { api } = await startTestServer({ stack: fakeStack(endless) });
  const id = await start(api);
  await until(
    () => read(api, id),
    ({ status }) => status === 'running',
  );
  const begin = performance.now();
  expect(await api('DELETE', `/api/runs/${id}`)).toMatchObject({
    status: 200,
    body: { status: 'finished', result: { kind: 'cancelled' } },
  });
  expect(performance.now() - begin).toBeLessThan(3000);
});

test('a second Run ends the first, and no two run at the same time', async () => {
  let atOnce = 0;
  let most = 0;
  const stack = fakeStack(async (program, options) => {
    atOnce += 1;
    most = Math.max(most, atOnce);
    const result = await endless(program, options);
    await delay(20); // killing takes a moment
    atOnce -= 1;
    return result;
  });
  const { api } = await startTestServer({ stack });
  const ids: string[] = [];
  for (let index = 0; index < 8; index++) ids.push(await start(api));
  const last = ids.at(-1) ?? '';
  await until(
    () => read(api, last),
    ({ status }) => status === 'running',
  );
  for (const id of ids.slice(0, -1)) expect(await ended(api, id)).toMatchObject({ result: { kind: 'cancelled' } });
  expect(most).toBe(1);
  await api('DELETE', `/api/runs/${last}`);
});

test('while Kafka is starting, a run says that it waits, pages and drafts work, and it runs as soon as Kafka is ready', async () => {
  const { promise, resolve } = Promise.withResolvers<ReturnType<typeof fakeStack>>();
  const { api } = await startTestServer({ open: () => promise });
  expect(await api('GET', '/api/health')).toMatchObject({
    status: 200,
    body: { status: 'starting', services: { kafka: 'starting' } },
  });
  expect(await api('POST', '/api/sandbox', { body: { lesson: 'log/append' } })).toMatchObject({
    status: 202,
    body: { state: 'preparing', awaiting: waitingFor('kafka') },
  });
  const id = await start(api);
  expect(await read(api, id)).toMatchObject({ status: 'preparing', awaiting: waitingFor('kafka') });
  expect((await api('GET', '/')).status).toBe(200);
  expect(
    (await api('PUT', '/api/drafts/log/append', { body: { files: body.files }, headers: { 'if-match': '"0"' } })).status,
  ).toBe(200);
  resolve(fakeStack());
  expect(await ended(api, id)).toMatchObject({ status: 'finished' });
  expect(await api('GET', '/api/health')).toMatchObject({ body: { status: 'ok', services: { kafka: 'ready' } } });
});

test('while Kafka keeps ending, health says when it is started next', async () => {
  const stack = fakeStack();
  const { api } = await startTestServer({ stack });
  expect((await api('GET', '/api/health')).body).toMatchObject({ services: { kafka: 'ready' }, nextStarts: {} });
  stack.setState('failed');
  const { services, nextStarts } = (await api('GET', '/api/health')).body;
  expect(services).toEqual({ kafka: 'failed' });
  const seconds = (Date.parse(nextStarts.kafka) - Date.now()) / 1000;
  expect(seconds).toBeGreaterThan(20);
  expect(seconds).toBeLessThanOrEqual(30);
});

test('a run that waits for Kafka can be stopped', async () => {
  const { api } = await startTestServer({
    open: ({ signal }) => new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
  });
  const id = await start(api);
  expect(await api('DELETE', `/api/runs/${id}`)).toMatchObject({ body: { status: 'finished', result: { kind: 'cancelled' } } });
});

test('when Kafka cannot be started, a run says so and reading still works', async () => {
  const { api } = await startTestServer({ open: () => Promise.reject(new Error('no Java was found')) });
  const run = await ended(api, await start(api));
  expect(run).toMatchObject({ status: 'error', result: null, error: expect.stringContaining('no Java was found') });
  expect(await api('GET', '/api/health')).toMatchObject({ body: { status: 'degraded', services: { kafka: 'failed' } } });
  expect((await api('GET', '/lessons/log/append/')).status).toBe(200);
});

test('a broker that ends during a run does not count against the program', async () => {
  const stack = fakeStack(async (_program, { onOutput }) => {
    onOutput({ seq: 0, stream: 'stderr', text: 'Connection error', atMs: 1 });
    stack.restartBroker();
    return { kind: 'exited', exitCode: 1, durationMs: 1 };
  });
  const { api } = await startTestServer({ stack });
  const run = await ended(api, await start(api));
  expect(run).toMatchObject({ status: 'error', result: null, error: expect.stringContaining('Your program is not the cause') });
  expect(run.output[0].text).toBe('Connection error');
});

test('a sandbox that was lost with its broker is replaced silently', async () => {
  const { api, stack } = await startTestServer();
  await ended(api, await start(api));
  const before = [...stack.tenants];
  stack.restartBroker();
  stack.tenants.clear();
  expect(await ended(api, await start(api))).toMatchObject({ status: 'finished' });
  expect([...stack.tenants].some((tenant) => before.includes(tenant))).toBe(false);
  expect(stack.openWorkspaces()).toBe(1);
});

test('Reset provides a fresh sandbox and removes the old one', async () => {
  const { api, stack } = await startTestServer({ stack: fakeStack(endless) });
  const id = await start(api);
  await until(
    () => read(api, id),
    ({ status }) => status === 'running',
  );
  const before = [...stack.tenants];
  expect((await api('POST', '/api/sandbox/reset', { body: {} })).status).toBe(202);
  expect(await read(api, id)).toMatchObject({ result: { kind: 'cancelled' } });
  await until(
    () => stack.openWorkspaces(),
    (count) => count === 1,
  );
  expect(before.filter((tenant) => !stack.tenants.has(tenant))).toHaveLength(1);
});

test('the last ten runs of a learner are kept', async () => {
  const { api } = await startTestServer();
  const ids: string[] = [];
  for (let index = 0; index < 12; index++) {
    const id = await start(api);
    ids.push(id);
    await ended(api, id);
  }
  expect((await api('GET', `/api/runs/${ids[1]}`)).status).toBe(404);
  expect((await api('GET', `/api/runs/${ids[2]}`)).status).toBe(200);
});
