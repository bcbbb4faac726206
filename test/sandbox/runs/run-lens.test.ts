import { expect, test } from 'vitest';
import { HeldDedicatedKafka } from '#sandbox/leases/dedicated-kafka.ts';
import { Held } from '#sandbox/leases/held.ts';
import { Lease } from '#sandbox/leases/lease.ts';
import { pendingStack } from '#sandbox/leases/pending-stack.ts';
import type { ServerEvent } from '#sandbox/protocol/event.ts';
import { openRunLens } from '#sandbox/runs/run-lens.ts';
import { RunRecord } from '#sandbox/runs/run-record.ts';
import { jobState } from '../../../site/src/client/jobs-state.ts';
import { fakeFlinks } from '../fake-flinks.ts';
import { fakeStack } from '../fake-stack.ts';
import { noDedicated } from '../no-dedicated.ts';

test('each learner sees only the jobs of their own last run, and none after a fresh start', async () => {
  const stack = fakeStack();
  const heard: { learnerId: string; event: ServerEvent }[] = [];
  const lens = openRunLens({
    stack: pendingStack(Promise.resolve(stack)),
    publish: (learnerId, event) => heard.push({ learnerId, event }),
    onFault: () => undefined, // the fake has no broker whose log could be followed
  });

  async function runQuery(learnerId: string, jobId: string) {
    const flinks = fakeFlinks();
    const lent = await flinks.pool.take();
    const flink = {
      ...lent,
      jobs: {
        ...lent.jobs,
        state: async () => 'RUNNING' as const,
        details: async (id: string) => ({ id, name: '', state: 'RUNNING' as const, vertices: [], plan: [] }),
      },
    };
    const tenant = await stack.tenancy.create();
    const workspace = new Held('sandbox', { take: stack.provider.openWorkspace }, () => undefined);
    const held = new Held('flink', flinks.pool, () => undefined);
    const dedicatedKafka = new HeldDedicatedKafka({ pool: noDedicated, stack: async () => stack, onFault: () => undefined });
    const lease = new Lease({ tenant, workspace, flink: held, dedicatedKafka, remove: async () => undefined, now: () => 0 });
    const publish = (event: ServerEvent) => heard.push({ learnerId, event });
    const run = new RunRecord({
      id: `run-${jobId}`,
      learnerId,
      lesson: 'sql/orders',
      files: {},
      hasStatements: true,
      seed: 1,
      maxOutputBytes: 1,
      publish,
    });
    const over = Promise.withResolvers<void>();
    run.ended = over.promise;
    lens.follow(run, lease, []);
    lens.followJobs(run, { jobs: flink.jobs, modes: async () => new Map(), broken: flink.broken }, []);
    const range = { line: 1, column: 1, endLine: 1, endColumn: 2 };
    const begun = { kind: 'query', status: 'running', columns: [], changeCount: 0, error: null } as const;
    run.sql?.tell({ index: 0, file: 'main.sql', range, jobId, ...begun, columns: [] });
    return over.resolve;
  }
  const seenBy = (learnerId: string) => lens.jobs(learnerId).jobs.map(({ jobId }) => jobId);

  const ends = [await runQuery('ada', 'job-of-ada'), await runQuery('bob', 'job-of-bob')];
  await expect.poll(() => [...seenBy('ada'), ...seenBy('bob')]).toEqual(['job-of-ada', 'job-of-bob']);
  expect(seenBy('eve')).toEqual([]);
  const told = heard.filter(({ event }) => event.type === 'lens.jobs');
  expect(told.map(({ learnerId, event }) => [learnerId, 'runId' in event && event.runId])).toEqual([
    ['ada', 'run-job-of-ada'],
    ['bob', 'run-job-of-bob'],
  ]);

  // The Flink of a learner whose run has ended goes to another: the jobs stay, and the lens says so, to that learner only.
  const statesOf = (learnerId: string) => lens.jobs(learnerId).jobs.map(({ state }) => state);
  lens.flinkGiven('ada');
  lens.flinkGiven('eve');
  expect([statesOf('ada'), statesOf('bob'), seenBy('ada')]).toEqual([['GIVEN_BACK'], ['RUNNING'], ['job-of-ada']]);
  expect(jobState('GIVEN_BACK')).toEqual({ words: expect.stringContaining('Run gets another'), tone: 'settled' });
  const last = heard.at(-1);
  expect(last).toMatchObject({ learnerId: 'ada', event: { type: 'lens.jobs', jobs: [{ state: 'GIVEN_BACK' }] } });

  lens.forget('ada');
  expect(seenBy('ada')).toEqual([]);
  expect(seenBy('bob')).toEqual(['job-of-bob']);
  for (const end of ends) end();
  lens.forget('bob');
});
