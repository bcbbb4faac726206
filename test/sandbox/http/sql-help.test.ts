import { expect, test } from 'vitest';
import { SQL_LESSON, SQL_LESSON_ID } from '../sql-lesson.ts';
import { temporaryHome } from '../temporary-home.ts';
import { startTestServer, type TestServerOptions, until } from '../test-server.ts';

const body = { lesson: SQL_LESSON_ID, files: { 'main.sql': 'SELECT id FROM orders;' } };
const serve = (options: TestServerOptions) => startTestServer({ home: temporaryHome(SQL_LESSON), ...options });

test("a check asks the learner's own Flink about the first file, with the tables before it", async () => {
  const error = {
    code: 'invalid_sql' as const,
    message: 'no such column',
    range: { line: 1, column: 8, endLine: 1, endColumn: 9 },
  };
  const seen: string[][] = [];
  const check: NonNullable<TestServerOptions['sql']>['check'] = async ({ before, file }) => {
    seen.push([...before.map(({ name }) => name), file.name, file.text]);
    return [error];
  };
  const { api } = await serve({ sql: { check } });
  const ask = async () => (await api('POST', '/api/sql/check', { body })).body;
  // The first check comes before a Flink exists, and prepares one.
  const checked = await until(ask, (answer) => answer.checked);
  expect(checked).toEqual({ checked: true, awaiting: null, errors: [error] });
  expect(seen.at(-1)).toEqual(['tables.sql', 'main.sql', 'SELECT id FROM orders;']);
});

test('a newer check ends the previous one, which then returns nothing', async () => {
  const texts: string[] = [];
  const check: NonNullable<TestServerOptions['sql']>['check'] = ({ file, signal }) =>
    new Promise((resolve, reject) => {
      texts.push(file.text);
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      if (file.text === 'new') resolve([]);
    });
  const { api, flinks } = await serve({ sql: { check } });
  await api('POST', '/api/sandbox', { body: { lesson: SQL_LESSON_ID } });
  await until(
    () => flinks.lent.size,
    (count) => count === 1,
  );
  const ask = (text: string) => api('POST', '/api/sql/check', { body: { ...body, files: { 'main.sql': text } } });
  const old = ask('old');
  await until(
    () => texts.length,
    (count) => count === 1,
  );
  expect((await ask('new')).body).toEqual({ checked: true, awaiting: null, errors: [] });
  expect((await old).body).toEqual({ checked: false, awaiting: null, errors: [] });
});

test('completion returns items for the place, and nothing while there is no Flink', async () => {
  const complete: NonNullable<TestServerOptions['sql']>['complete'] = async ({ line, column }) => [
    { label: `${line}:${column}`, kind: 'column' },
  ];
  const { api, flinks } = await serve({ sql: { complete } });
  const ask = async () => (await api('POST', '/api/sql/complete', { body: { ...body, line: 2, column: 7 } })).body;
  expect(await ask()).toEqual({ items: [] });
  await until(
    () => flinks.lent.size,
    (count) => count === 1,
  );
  expect(await ask()).toEqual({ items: [{ label: '2:7', kind: 'column' }] });
});

test.each([
  ['/api/sql/check', { lesson: 'log/append', files: { 'main.ts': 'x' } }, 400, 'INVALID_INPUT'],
  ['/api/sql/check', { lesson: 'sql/none', files: {} }, 404, 'LESSON_NOT_FOUND'],
  ['/api/sql/check', { lesson: SQL_LESSON_ID, files: { 'tables.sql': 'x' } }, 400, 'UNKNOWN_FILE'],
  ['/api/sql/complete', { ...body, line: 0, column: 1 }, 400, 'INVALID_INPUT'],
  ['/api/sql/complete', body, 400, 'INVALID_INPUT'],
])('%s rejects %j', async (path, asked, status, code) => {
  const { api } = await serve({});
  expect(await api('POST', path, { body: asked })).toMatchObject({ status, body: { code } });
});
