import { beforeAll, describe, expect, test } from 'vitest';
import { gateFixture } from './gate-fixture.ts';
import type { GateSession } from './gate-session.ts';

const gate = gateFixture();
let session: GateSession;
beforeAll(async () => {
  const tenant = await gate.tenant();
  session = await gate.session(tenant);
});

/** `range` is `line:column-endLine:endColumn`. */
const WRONG: [title: string, statement: string, expected: { code?: string; message?: RegExp; range?: string | undefined }][] = [
  ['an unclosed bracket', 'SELECT COUNT(*\n\nFROM orders', { message: /^Encountered "FROM" \.$/, range: '3:1-3:4' }],
  [
    'a misspelt column',
    'SELECT id,\n  amout FROM orders',
    { message: /^Column 'amout' not found in any table/, range: '2:3-2:7' },
  ],
  ['a misspelt table', 'SELECT *\nFROM ordrs', { message: /^Object 'ordrs' not found/, range: '2:6-2:10' }],
  [
    'a column that is not grouped',
    'SELECT user_id, amount FROM orders GROUP BY user_id',
    { message: /^Expression 'amount' is not being grouped/, range: '1:17-1:22' },
  ],
  ['a function that does not exist', 'SELECT MEDIAN(amount) FROM orders', { message: /MEDIAN/, range: '1:8-1:21' }],
  ['AND AND', 'SELECT * FROM orders WHERE id = 1 AND AND id = 2', { range: '1:35-1:37' }],
  ['a trailing comma', 'SELECT id, FROM orders', { range: '1:12-1:15' }],
  ['a reserved word', 'SELECT value FROM orders', { message: /Encountered "value"/, range: '1:8-1:12' }],
  ['an unclosed string', `SELECT 'a FROM orders`, { message: /^Encountered "\\'" \.$/, range: '1:8-1:8' }],
  ['an unknown type', 'CREATE TABLE x (a NUMBERX)', {}],
  [
    'an unknown time column',
    `SELECT COUNT(*) FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(tz), INTERVAL '1' MINUTE)) GROUP BY window_start`,
    { message: /tz/ },
  ],
  ['SELCT', 'SELCT 1', { message: /Non-query expression encountered in illegal context/ }],
  [
    'wrong types into a sink',
    'INSERT INTO outk SELECT user_id, user_id FROM orders',
    { message: /do not match/, range: undefined },
  ],
  [
    'updates into an append-only sink',
    'INSERT INTO outk SELECT CAST(COUNT(*) AS INT), user_id FROM orders GROUP BY user_id',
    { message: /doesn't support consuming update changes/, range: undefined },
  ],
  ['an unknown sink', 'INSERT INTO nowhere SELECT 1', { message: /nowhere/ }],
  ['ORDER BY a column without a time attribute', 'SELECT * FROM orders ORDER BY id', { message: /non-time-attribute/ }],
  ['two statements', 'SELECT 1; SELECT 2', { message: /^Only one statement is allowed at a time\.$/ }],
  ['nothing', '', {}],
];

describe('an error is one readable line with a code, and a place where Flink names one', () => {
  for (const [title, statement, { code = 'invalid_sql', message, range }] of WRONG) {
    test(title, async () => {
      const outcome = await session.run(statement);
      expect(outcome, JSON.stringify(outcome)).toMatchObject({
        code,
        ...(message && { message: expect.stringMatching(message) }),
      });
      if (range !== undefined) expect(outcome, JSON.stringify(outcome)).toMatchObject({ range });
      expect(JSON.stringify(outcome)).not.toMatch(/Was expecting|org\.apache|\\tat /);
    });
  }
});

test('reports a topic that does not exist', async () => {
  await session.run(
    `CREATE TABLE gone (id INT) WITH ('connector'='kafka', 'topic'='gone', 'format'='json', 'scan.startup.mode'='earliest-offset')`,
  );
  expect(await session.run('SELECT * FROM gone')).toMatchObject({ code: 'unknown_topic' });
});

test('a record that cannot be read fails the query and says why', async () => {
  await session.run(`CREATE TABLE numbers (id DOUBLE) WITH ('connector'='kafka', 'topic'='orders', 'format'='csv',
    'scan.startup.mode'='earliest-offset', 'scan.bounded.mode'='latest-offset')`);
  expect(await session.run('SELECT * FROM numbers')).toMatchObject({
    code: 'failed',
    message: expect.stringMatching(/Unexpected character/),
  });
});

test('reports a missing format when the table is used, and shows no credential', async () => {
  await session.run(`CREATE TABLE bare (id INT) WITH ('connector'='kafka', 'topic'='orders')`);
  const outcome = await session.run('SELECT * FROM bare');
  expect(outcome, JSON.stringify(outcome)).toMatchObject({ code: 'invalid_sql', message: expect.stringMatching(/format/) });
  expect(JSON.stringify(outcome)).not.toMatch(/password|127\.0\.0\.1/);
});
