import { expect, test } from 'vitest';
import { waitingFor } from '#sandbox/protocol/waiting.ts';
import { fakeStack } from '../fake-stack.ts';
import { reportOf } from '../store/store-fixture.ts';
import { temporaryHome } from '../temporary-home.ts';
import { type Answer, startTestServer, type TestServerOptions, until } from '../test-server.ts';

const body = { lesson: 'log/append', files: { 'main.ts': 'mine' } };
type Api = Awaited<ReturnType<typeof startTestServer>>['api'];

const serve = async (options: Partial<TestServerOptions> = {}) => {
  const stack = fakeStack(undefined, { workspaceMemoryMb: 1 });
  return { ...(await startTestServer({ stack, ...options })), stack };
};
const read = async (api: Api, path: string): Promise<Answer['body']> => (await api('GET', path)).body;
const run = (api: Api) => api('POST', '/api/runs', { body });
const finished = (api: Api, path: string) =>
  until(
    () => read(api, path),
    ({ status }) => status === 'finished' || status === 'error',
    10_000,
  );

/** Stops the engine and waits until the server knows. */
async function stopEngine({ api, stack }: Awaited<ReturnType<typeof serve>>): Promise<void> {
  stack.stopEngine();
  await until(
    () => run(api),
    ({ status }) => status === 503,
    10_000,
  );
}

test('while the engine is away a run is refused immediately with the reason, reading and drafts still work, and it recovers automatically', async () => {
  const server = await serve();
  const { api, stack } = server;
  await finished(api, `/api/runs/${(await run(api)).body.runId}`);
  const [tenant] = stack.tenants;
  await stopEngine(server);
  expect(await run(api)).toMatchObject({
    status: 503,
    body: { code: 'SERVICE_NOT_READY', message: expect.stringContaining('engine does not answer') },
  });
  expect((await api('POST', '/api/sandbox', { body: { lesson: body.lesson } })).status).toBe(503);
  expect(await read(api, '/api/health')).toMatchObject({ status: 'degraded', reason: { code: 'engine-silent', detail: null } });
  expect((await api('GET', '/lessons/log/append/')).status).toBe(200);
  const draft = { body: { files: body.files }, headers: { 'if-match': '"0"' } };
  expect((await api('PUT', '/api/drafts/log/append', draft)).status).toBe(200);

  stack.startEngine();
  await until(
    () => read(api, '/api/health'),
    ({ status }) => status === 'ok',
    10_000,
  );
  expect(await finished(api, `/api/runs/${(await run(api)).body.runId}`)).toMatchObject({ status: 'finished' });
  expect(stack.tenants).toContain(tenant); // a new workspace, but the learner's same topics
});

test('a submission waits and says so while the engine is away, is graded when it is back, and costs one attempt', async () => {
  const stack = fakeStack(undefined, { workspaceMemoryMb: 1 });
  let tries = 0;
  const server = await serve({
    stack,
    grade: async ({ provider }, _exercise, { id }) => {
      tries += 1;
      try {
        await using _workspace = await provider.openWorkspace({ reach: {} });
        return reportOf(id);
      } catch (error) {
        return reportOf(id, { status: 'error', score: 0, error: String(error) });
      }
    },
  });
  const { api } = server;
  stack.stopEngine(); // no one knows yet
  const { submissionId } = (await api('POST', '/api/submissions', { body })).body;
  const path = `/api/submissions/${submissionId}`;
  expect(
    await until(
      () => read(api, path),
      ({ awaiting }) => awaiting !== null,
    ),
  ).toMatchObject({ status: 'grading', awaiting: waitingFor('provider'), report: null });
  stack.startEngine();
  expect(await finished(api, path)).toMatchObject({ awaiting: null, report: { status: 'pass' } });
  expect(tries).toBeLessThanOrEqual(2);
  expect((await read(api, '/api/submissions')).left).toBe(9);
});

test('a run that waits for a sandbox says so, and health counts the waiting runs', async () => {
  const { api, stack } = await serve();
  await until(
    () => read(api, '/api/health'),
    ({ pools }) => pools.workspaces.spare === 2,
  );
  const release = stack.holdWorkspaces();
  stack.stopEngine(); // the warm workspaces end with it
  stack.startEngine();
  const { runId } = (await run(api)).body;
  await until(
    () => read(api, `/api/runs/${runId}`),
    ({ awaiting }) => awaiting?.for === 'sandbox-start',
  );
  expect((await read(api, '/api/health')).pools).toMatchObject({
    workspaces: { lent: 0, spare: 0, waiting: 1, cap: expect.any(Number) },
    flinks: { lent: 0, spare: 0, starting: 0, waiting: 0 },
  });
  release();
  expect(await finished(api, `/api/runs/${runId}`)).toMatchObject({ status: 'finished' });
});

test('as many workspaces as the configuration says are warm from the start', async () => {
  const stack = fakeStack(undefined, { workspaceMemoryMb: 1 });
  const home = temporaryHome();
  const warm = { ...home, config: { ...home.config, warmWorkspaces: 12 } };
  const { api } = await serve({ stack, home: warm });
  await until(
    () => read(api, '/api/health'),
    ({ pools }) => pools.workspaces.spare === 12 && pools.workspaces.raised === 12,
  );
});
