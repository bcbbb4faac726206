import { beforeAll, describe, expect, test } from 'vitest';
import { checkSql } from '#sandbox/languages/flink-sql/check.ts';
import { RESERVED } from '#sandbox/languages/flink-sql/sql-hints.ts';
import { offsetOf } from '#sandbox/languages/flink-sql/text-position.ts';
import type { SqlError } from '#sandbox/protocol/sql.ts';
import type { Tenant } from '#sandbox/tenancy/tenancy.ts';
import { sqlFixture } from './sql-fixture.ts';
import { WHILE_RUNNING, WHILE_TYPING } from './sql-mistakes.ts';

const stack = sqlFixture();
const TABLES = `CREATE TABLE p (customer STRING, amount_cents BIGINT, note STRING, t TIMESTAMP(3))
WITH ('connector' = 'kafka', 'topic' = 'payments', 'format' = 'json', 'scan.startup.mode' = 'earliest-offset');
CREATE TABLE totals (customer STRING NOT NULL, n BIGINT NOT NULL) WITH ('connector' = 'kafka', 'topic' = 'totals', 'format' = 'json');`;
const topics = ['payments', 'totals'];

let tenant: Tenant;
beforeAll(async () => {
  const payments = [{ customer: 'a', amount_cents: 3 }];
  ({ tenant } = await stack.tenantWith({ payments, totals: [] }));
});

const check = (text: string) =>
  checkSql({
    flink: stack.seat,
    tenant,
    before: [{ name: 'tables.sql', text: TABLES }],
    file: { name: 'main.sql', text },
    topics,
  });

function markedIn(text: string, { range }: SqlError): string {
  if (!range) return '';
  const end = offsetOf(text, { line: range.endLine, column: range.endColumn }) + 1;
  return text.slice(offsetOf(text, range), end);
}

describe('while typing, one mark says what is wrong and what to write', () => {
  test.for(WHILE_TYPING)('$what', async ({ text, marked = text, says }) => {
    const errors = await check(text);
    expect(errors).toHaveLength(1);
    for (const words of [says].flat()) expect(errors[0]?.message).toContain(words);
    expect(errors.map((error) => markedIn(text, error))).toEqual([marked]);
  });

  test('a reserved word as a name, each of those that people give to columns: in backticks', { timeout: 180_000 }, async () => {
    const untold: string[] = [];
    for (const word of [...RESERVED].map((one) => one.toLowerCase())) {
      const [as] = await check(`SELECT customer AS ${word}, 1 AS b FROM p`);
      const [column] = await check(`CREATE TABLE w (a STRING, ${word} STRING) WITH ('connector' = 'blackhole')`);
      for (const error of [as, column])
        if (!error?.message.includes(`write it in backticks: \`${word}\`.`)) untold.push(`${word}: ${error?.message}`);
      expect(await check(`SELECT customer AS \`${word}\` FROM p`)).toEqual([]);
    }
    expect(untold).toEqual([]);
  });

  test('a reserved word that is read or summed is told, too', async () => {
    for (const text of [
      'SELECT date FROM p',
      'SELECT SUM(value) FROM p',
      'SELECT customer AS user, COUNT(*) AS count FROM p GROUP BY customer',
    ])
      expect((await check(text))[0]?.message, text).toMatch(/write it in backticks: `(date|value|user)`\./);
  });
});

describe('while running, the innermost cause comes first, with what to write', () => {
  test.for(WHILE_RUNNING)('$what', async ({ text, says }) => {
    const result = await stack.run(tenant, text, { tables: TABLES, topics }).result;
    expect(result.kind).toBe('sql-failed');
    if (result.kind !== 'sql-failed') return;
    for (const words of [says].flat()) expect(result.error.message).toContain(words);
    if (!says.includes('Failed to deserialize JSON')) expect(result.error.message).not.toContain('deserialize');
  });

  test('the topic of a record has the name that the learner writes, in results, conditions and errors', async () => {
    const text = `CREATE TABLE q (customer STRING, tp STRING METADATA FROM 'topic' VIRTUAL, amount_cents BIGINT)
      WITH ('connector' = 'kafka', 'topic' = 'payments', 'format' = 'json', 'scan.startup.mode' = 'earliest-offset');
      SELECT tp, UPPER(tp) FROM q WHERE tp = 'payments'; SELECT CAST(tp AS INT) FROM q`;
    const run = stack.run(tenant, text, { topics });
    const result = await run.result;
    expect(run.tables.get(1)?.rows).toEqual([['payments', 'PAYMENTS']]);
    expect(JSON.stringify(result)).toContain("'payments'");
    expect(JSON.stringify(result)).not.toContain(tenant.prefix);
  });
});
