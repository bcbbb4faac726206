import { beforeAll, describe, expect, test } from 'vitest';
import { gateFixture, rowsOf } from './gate-fixture.ts';
import type { GateSession, Outcome } from './gate-session.ts';

const gate = gateFixture();
const jobState = async (job: string | null | undefined) => {
  const response = await fetch(`http://127.0.0.1:${gate.flink.rest.port}/jobs/${job}/status`);
  return ((await response.json()) as { status?: string }).status;
};

beforeAll(async () => {
  const session = await gate.session(await gate.tenant());
  // A JVM's first query takes seconds.
  await session.run('SELECT COUNT(*) FROM gen WHERE id IS NOT NULL');
});

async function expectAnswer(session: GateSession): Promise<void> {
  expect(await session.run('SELECT COUNT(*) FROM gen WHERE id IS NOT NULL')).toMatchObject({ code: 'ok' });
}

describe('a statement beyond a limit fails, and the next query is answered', () => {
  const sum = (terms: number) => `SELECT ${Array(terms).fill('1').join(' + ')}`;
  const cases: [title: string, code: string, statement: () => string][] = [
    ['5 MB of text', 'statement_too_long', () => `SELECT '${'x'.repeat(5_000_000)}'`],
    ['1 MB of spaces', 'statement_too_long', () => `${' '.repeat(1024 * 1024)}SELECT 1`],
    ['one character over the limit', 'statement_too_long', () => `SELECT 1${' '.repeat(65_529)}`],
    ['3,000 terms', 'too_complex', () => sum(3000)],
    ['2,000 brackets', 'too_complex', () => `SELECT ${'('.repeat(2000)}1${')'.repeat(2000)}`],
    ['1,000 nested calls', 'too_complex', () => `SELECT ${'ABS('.repeat(1000)}1${')'.repeat(1000)}`],
    ['REPEAT to 2 GB', 'out_of_memory', () => `SELECT REPEAT('x', 2000000000)`],
    [
      'REPEAT to 100 MB, several times',
      'out_of_memory',
      () => `SELECT CHAR_LENGTH(CONCAT(${Array(9).fill(`REPEAT('xy', 50000000)`).join(', ')}))`,
    ],
    ['LPAD to 2 GB', 'out_of_memory', () => `SELECT LPAD('x', 2000000000, 'y')`],
    ['REPEAT over a column', 'out_of_memory', () => `SELECT REPEAT(s, 20000000) FROM gen`],
  ];
  for (const [title, code, statement] of cases) {
    test(`${title}: ${code}`, async () => {
      const session = await gate.session(await gate.tenant());
      const outcome = await session.run(statement());
      expect(outcome, outcome.code).toMatchObject({ code });
      await expectAnswer(session);
    });
  }
});

test('a statement of exactly the longest allowed length passes', async () => {
  const session = await gate.session(await gate.tenant());
  expect(await session.run(`SELECT 1${' '.repeat(65_528)}`)).toMatchObject({ code: 'ok' });
});

test('planning a join of a hundred tables ends, and the next query is answered', async () => {
  const session = await gate.session(await gate.tenant());
  const joins = Array.from({ length: 100 }, (_, n) => `gen AS g${n}`).join(', ');
  const outcome = await session.run(`EXPLAIN SELECT COUNT(*) FROM ${joins}`);
  expect(outcome.code).not.toBe('unexplained');
  await expectAnswer(session);
}, 180_000);

test('rejects a fifth job of a session, whatever kind of statement would start it', async () => {
  const session = await gate.session(await gate.tenant());
  const insert = 'INSERT INTO hole SELECT id, CAST(id AS STRING) FROM endless';
  for (let job = 1; job <= 4; job++) expect(await session.run(insert)).toMatchObject({ code: 'ok' });
  for (const statement of [
    insert,
    'SELECT * FROM endless',
    `CREATE TABLE c WITH ('connector'='blackhole') AS SELECT id FROM endless`,
    `EXECUTE STATEMENT SET BEGIN ${insert}; END`,
  ]) {
    expect(await session.run(statement)).toMatchObject({
      code: 'too_many_jobs',
      message: expect.stringMatching(/^4 jobs are running/),
    });
  }
  expect(await session.run(`EXPLAIN ${insert}`)).toMatchObject({ code: 'ok' });
});

test('statements that race for the last jobs do not exceed the limit', async () => {
  const tenant = await gate.tenant();
  const [one, other] = await Promise.all([1, 2].map(() => gate.session(tenant, { 'sandbox.max-jobs': '3' })));
  const insert = 'INSERT INTO hole SELECT id, CAST(id AS STRING) FROM endless';
  const race = async (session: GateSession) =>
    (await Promise.all(Array.from({ length: 6 }, () => session.run(insert)))).map(code).sort();
  const expected = ['ok', 'ok', 'ok', 'too_many_jobs', 'too_many_jobs', 'too_many_jobs'];
  expect(await Promise.all([race(one!), race(other!)])).toEqual([expected, expected]);
  await one!.close();
  expect(await other!.run(insert)).toMatchObject({ code: 'too_many_jobs' });
});

test('closing a session ends its query and its inserts', async () => {
  const session = await gate.session(await gate.tenant());
  const query = await session.run('SELECT * FROM endless', { rows: 1 });
  const insert = await session.run('INSERT INTO hole SELECT id, CAST(id AS STRING) FROM endless');
  const jobs = [query.code === 'ok' && 'jobId' in query ? query.jobId : null, rowsOf(insert)[0]?.[0]];
  for (const job of jobs) await expect.poll(() => jobState(job)).toBe('RUNNING');
  await session.close();
  for (const job of jobs) await expect.poll(() => jobState(job)).toBe('CANCELED');
});

test('a session closed while a statement starts leaves no job behind', async () => {
  const session = await gate.session(await gate.tenant());
  await session.run(`SET 'pipeline.name'='left behind'`);
  const starting = session.run('INSERT INTO hole SELECT id, CAST(id AS STRING) FROM endless');
  await session.close();
  await starting;
  const left = async () => {
    const response = await fetch(`http://127.0.0.1:${gate.flink.rest.port}/jobs/overview`);
    const { jobs } = (await response.json()) as { jobs: { state: string; name: string }[] };
    return jobs.filter(({ state, name }) => name === 'left behind' && state !== 'CANCELED');
  };
  await expect.poll(left).toEqual([]);
});

function code(outcome: Outcome): string {
  return outcome.code;
}
