import { expect, onTestFinished, test } from 'vitest';
import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { loadCatalog } from '#sandbox/catalog/load.ts';
import { openLeases } from '#sandbox/leases/leases.ts';
import { keepSpares } from '#sandbox/leases/tenant-spares.ts';
import { waitingFor } from '#sandbox/protocol/waiting.ts';
import { openRuns } from '#sandbox/runs/runs.ts';
import { openStartGate } from '#sandbox/runs/start-gate.ts';
import { fakeFlinks } from '../fake-flinks.ts';
import { endless, type FakeProgram, fakeStack } from '../fake-stack.ts';
import { workspacePool } from '../leases/workspace-fixture.ts';
import { noDedicated } from '../no-dedicated.ts';
import { temporaryHome } from '../temporary-home.ts';

async function setUp(program: FakeProgram) {
  const home = temporaryHome();
  const exercise = (await loadCatalog(home.config.lessonsDir)).exercise('log/append');
  const { stack, pool } = await workspacePool({ fake: fakeStack(program) });
  const onFault = (error: unknown) => expect.fail(String(error));
  const spares = keepSpares({ stack, count: 0, onFault });
  const leases = openLeases({
    ...{ stack, spares, workspaces: pool, flinks: fakeFlinks().pool, dedicated: noDedicated, onFault },
    ...{ idleMs: 1e6, now: () => 0, onFlinkGiven: () => undefined },
  });
  let made = 0;
  const heard: string[] = [];
  const runs = openRuns({
    stack,
    leases,
    onFault,
    limits: home.config.limits.program,
    gate: openStartGate({ atOnce: 2, forMs: 60_000 }),
    sqlLimits: home.config.limits.flink,
    newId: () => `run-${++made}`,
    publish: (learnerId, event) => heard.push(`${learnerId} ${event.type}`),
    onTopics: () => undefined,
    onJobs: () => undefined,
    watermarkOf: () => null,
    kept: { keep: async () => undefined, find: async () => null, list: async () => [] },
  });
  onTestFinished(async () => {
    await runs[Symbol.asyncDispose]();
    await leases[Symbol.asyncDispose]();
    home[Symbol.dispose]();
  });
  return { runs, exercise, heard };
}

const files = (text: string): Parameters<typeof start>[2] => ({ 'main.ts': text });
const start = (runs: ReturnType<typeof openRuns>, learnerId: string, code: Record<string, string>, exercise: Exercise) =>
  runs.start(learnerId, exercise, code);

test("another learner's run is as unknown as one that never existed, to read and to stop", async () => {
  const { runs, exercise } = await setUp(endless);
  const id = start(runs, 'ada', files('x'), exercise);
  const problem = (work: () => unknown) =>
    Promise.resolve()
      .then(work)
      .then(String, (error: Error) => error.message);
  const unknown = await problem(() => runs.read('bob', 'never-was'));
  expect(await problem(() => runs.read('bob', id))).toBe(unknown);
  expect(await problem(() => runs.stop('bob', id))).toBe(unknown);
  expect(runs.read('ada', id).result).toBeNull();
});

test("a run of one learner does not touch another's, and each learner gets the events of their own", async () => {
  const { runs, exercise, heard } = await setUp(endless);
  const ada = start(runs, 'ada', files('x'), exercise);
  const bob = start(runs, 'bob', files('y'), exercise);
  await runs.stop('bob', bob);
  expect(runs.read('ada', ada).status).not.toBe('finished');
  expect(heard.filter((line) => line.startsWith('ada')).some((line) => line.includes('finished'))).toBe(false);
});

test('a program beyond those that start together waits, reports its queue position, and starts when one has ended', async () => {
  const { runs, exercise } = await setUp(endless);
  const [ada, bob] = [start(runs, 'ada', files('x'), exercise), start(runs, 'bob', files('x'), exercise)];
  const running = (learnerId: string, id: string) => expect.poll(() => runs.read(learnerId, id).status).toBe('running');
  await running('ada', ada);
  await running('bob', bob);
  const cy = start(runs, 'cy', files('x'), exercise);
  await expect.poll(() => runs.read('cy', cy).awaiting).toEqual(waitingFor('processor', { position: 1 }));
  await runs.stop('ada', ada);
  await running('cy', cy);
});

test('a run that is stopped while it waits to start ends as cancelled', async () => {
  const { runs, exercise } = await setUp(endless);
  for (const learnerId of ['ada', 'bob']) start(runs, learnerId, files('x'), exercise);
  const cy = start(runs, 'cy', files('x'), exercise);
  await expect.poll(() => runs.read('cy', cy).awaiting).toMatchObject({ for: 'processor' });
  expect((await runs.stop('cy', cy)).result).toEqual({ kind: 'cancelled', durationMs: 0 });
});
