/** One example of `sql.ts`, which runs in full on the other provider: the gate inside Flink is the same on both. */
import { expect, test } from 'vitest';
import { sqlCheckedSchema } from '#sandbox/protocol/sql.ts';
import type { Product } from '../learners.ts';
import { type SqlLearners, START_MS } from '../sql-learners.ts';

export function sqlSmoke(product: Product, { body, run, expectNeighbour, bob }: SqlLearners): void {
  test(
    "lets a view over generated rows through; refuses a file, a setting and a neighbour's job",
    async () => {
      const counted = `CREATE TABLE gen (n INT) WITH ('connector'='datagen', 'number-of-rows'='10');
CREATE VIEW named AS SELECT n FROM gen;
SELECT COUNT(*) AS n FROM named;`;
      const done = await run(counted);
      expect(done.result).toMatchObject({ kind: 'sql-finished' });
      expect(done.sql?.results.at(-1)?.table.rows).toEqual([['10']]);
      const refused: [code: string, statement: string][] = [
        [
          'option_not_allowed',
          `CREATE TABLE p (l STRING) WITH ('connector'='filesystem', 'path'='file:///etc/passwd', 'format'='csv');`,
        ],
        ['option_not_allowed', `SET 'execution.target' = 'local';`],
        ['statement_not_allowed', `STOP JOB '${bob.job}';`],
      ];
      for (const [code, statement] of refused) {
        const { body: answer } = await product.api('ada')('POST', '/api/sql/check', { body: body(statement) });
        const checked = sqlCheckedSchema.parse(answer);
        expect(checked.checked && checked.errors[0]?.code, statement).toBe(code);
        expect((await run(statement)).result, statement).toMatchObject({ kind: 'sql-failed', error: { code } });
      }
      await expectNeighbour();
    },
    START_MS,
  );
}
