/** Ada, who runs SQL, beside Bob, whose query goes on. */
import { afterAll, beforeAll, expect } from 'vitest';
import { type Run, runSchema } from '#sandbox/protocol/run.ts';
import { SQL_LESSON_ID } from '../sandbox/sql-lesson.ts';
import { until } from '../sandbox/test-server.ts';
import type { Name, Product } from './learners.ts';

/** A Flink from nothing takes some 10 s of CPU, and a machine that does other things besides has little of it. */
export const START_MS = 180_000;
/** In which Stop ends a run. */
export const STOP_MS = 3000;
/** A query that no record ends. */
export const ENDLESS = 'SELECT id, customer FROM orders;';

/** What `sqlLearners` gives. */
export type SqlLearners = ReturnType<typeof sqlLearners>;

/** Called once in a group of cases: Bob's query starts before its first test. */
export function sqlLearners(product: Product) {
  const body = (sql: string) => ({ lesson: SQL_LESSON_ID, files: { 'main.sql': sql } });
  const start = async (sql: string, as: Name = 'ada'): Promise<string> => {
    const { status, body: answer } = await product.api(as)('POST', '/api/runs', { body: body(sql) });
    expect(status).toBe(202);
    return answer.runId;
  };
  const read = async (id: string, as: Name = 'ada') => runSchema.parse((await product.api(as)('GET', `/api/runs/${id}`)).body);
  const isOver = ({ status }: Run) => status === 'finished' || status === 'error';
  const ended = (id: string) => until(() => read(id), isOver, START_MS);
  const jobsOf = async (name: Name): Promise<{ jobId: string; state: string }[]> =>
    (await product.api(name)('GET', '/api/lens/jobs')).body.jobs;
  const bob = { run: '', job: '' };

  beforeAll(async () => {
    bob.run = await start(ENDLESS, 'bob');
    const [, query] = await until(
      async () => (await read(bob.run, 'bob')).sql?.statements ?? [],
      ([, one]) => (one?.changeCount ?? 0) > 0,
      START_MS,
    );
    bob.job = query?.jobId ?? '';
  }, START_MS);
  afterAll(async () => {
    await product.api('bob')('DELETE', `/api/runs/${bob.run}`);
  });

  return {
    body,
    start,
    read,
    ended,
    jobsOf,
    run: async (sql: string) => ended(await start(sql)),
    /** Stops a run of Ada's, which must be over in time. */
    async stop(id: string) {
      const begin = performance.now();
      const { body: stopped } = await product.api('ada')('DELETE', `/api/runs/${id}`);
      expect(performance.now() - begin).toBeLessThan(STOP_MS);
      expect(stopped).toMatchObject({ status: 'finished', result: { kind: 'cancelled' } });
    },
    /** Fails unless Bob's query goes on as it did. */
    async expectNeighbour() {
      expect(await jobsOf('bob')).toMatchObject([{ jobId: bob.job, state: 'RUNNING' }]);
    },
    /** Bob's run and its job, once the first test has begun. */
    bob,
  };
}
