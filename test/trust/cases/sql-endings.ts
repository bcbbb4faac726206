/** Statements that take the whole of a Flink: they are stopped, or end their own Flink only. */
import { expect, test } from 'vitest';
import { until } from '../../sandbox/test-server.ts';
import { type SqlLearners, START_MS } from '../sql-learners.ts';

export function sqlEndingCases({ start, read, run, stop, expectNeighbour }: SqlLearners): void {
  test.each([
    ['150 statements', 'SELECT 1;\n'.repeat(150), 1],
    ['a pattern that takes for ever', `SELECT REGEXP(REPEAT('a', 60) || '!', '^(a+)+$') AS x FROM (VALUES (1)) AS t(n);`, 0],
    [
      'a product of everything with everything',
      `CREATE TABLE d (n INT) WITH ('connector'='datagen', 'rows-per-second'='9999'); SELECT a.n FROM d a, d b, d c;`,
      1,
    ],
  ])(
    '%s can be stopped within 3 s, and the next run works',
    async (_what, sql, begun) => {
      const id = await start(sql);
      await until(
        () => read(id),
        (one) => (one.sql?.statements.length ?? 0) > begun + 1 && one.status === 'running',
        START_MS,
      );
      await stop(id);
      expect((await run('SELECT 1 AS n;')).result).toMatchObject({ kind: 'sql-finished' });
    },
    2 * START_MS,
  );

  test(
    "a text of two billion letters ends at most its own Flink; the next run works and the neighbour's continues",
    async () => {
      const done = await run(`SELECT CHAR_LENGTH(REPEAT('x', 2000000000)) AS n FROM (VALUES (1)) AS t(n);`);
      expect(done.status === 'error' || done.result?.kind === 'sql-failed' || done.result?.kind === 'sql-finished').toBe(true);
      expect((await run('SELECT 1 AS n;')).result).toMatchObject({ kind: 'sql-finished' });
      await expectNeighbour();
    },
    2 * START_MS,
  );
}
