import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { openStore } from '#sandbox/store/store.ts';
import { explainStoreError } from '#sandbox/store/store-error.ts';
import { openTestStore, reportOf } from './store-fixture.ts';

function temporaryFile() {
  const dir = mkdtempSync(join(tmpdir(), 'streamwright-store-'));
  return { file: join(dir, 'streamwright.sqlite'), [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }) };
}

test('rejects a file that is not a database, with its name and what to do', async () => {
  using place = temporaryFile();
  writeFileSync(place.file, 'this is not a database '.repeat(100));
  await expect(openStore(place.file)).rejects.toMatchObject({
    code: 'STORE_UNAVAILABLE',
    message: expect.stringContaining(place.file),
    hint: expect.stringContaining('move'),
  });
});

test.each(['/proc/streamwright.sqlite', '/proc/version/streamwright.sqlite'])(
  'rejects %s, where no file can exist',
  async (file) => {
    await expect(openStore(file)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', message: expect.stringContaining(file) });
  },
);

test('explains a read-only database', () => {
  using place = temporaryFile();
  new DatabaseSync(place.file).exec('CREATE TABLE t (a)');
  const readOnly = new DatabaseSync(place.file, { readOnly: true });
  let failure: unknown;
  try {
    readOnly.exec('INSERT INTO t VALUES (1)');
  } catch (error) {
    failure = explainStoreError(error, place.file);
  }
  readOnly.close();
  expect(failure).toMatchObject({ code: 'STORE_UNAVAILABLE', hint: expect.stringContaining('may write') });
});

test('opening a second time applies no migration and keeps what is stored', async () => {
  await using store = await openTestStore();
  await store.drafts.save({ learnerId: 'ada', lesson: 'log/append', files: { 'main.ts': 'x' }, basedOn: 0, now: new Date() });
  await using again = await openStore(store.file);
  expect(await again.drafts.read('ada', 'log/append')).toMatchObject({ files: { 'main.ts': 'x' } });
});

describe('a database that another program has locked', () => {
  const draft = { learnerId: 'ada', lesson: 'log/append', files: { 'main.ts': 'x' }, basedOn: 0, now: new Date() };

  test('a lock that is short is waited for, without holding up anything else', async () => {
    await using store = await openTestStore();
    using other = lock(store.file);
    const saving = store.drafts.save(draft);
    const [first] = await Promise.race([
      saving.then(() => ['saved']),
      new Promise<string[]>((resolve) => setImmediate(resolve, ['else'])),
    ]);
    expect(first).toBe('else');
    other[Symbol.dispose]();
    expect(await saving).toMatchObject({ saved: { version: 1 } });
  });

  test('a lock that is long ends every kind of work with STORE_BUSY, and what was stored before stays', async () => {
    await using store = await openTestStore();
    await store.drafts.save(draft);
    const submission = { id: 'one', learnerId: 'ada', lesson: 'log/append', files: {}, idempotencyKey: null, now: new Date() };
    using other = lock(store.file);
    const busy = { code: 'STORE_BUSY', retryAfterSeconds: expect.any(Number), hint: expect.stringContaining(store.file) };
    await Promise.all([
      expect(store.drafts.save({ ...draft, basedOn: 1 })).rejects.toMatchObject(busy),
      expect(store.submissions.accept(submission, { count: 10, windowMs: 1000 })).rejects.toMatchObject(busy),
      expect(store.submissions.storeReport(reportOf('one'), new Date())).rejects.toMatchObject(busy),
    ]);
    expect(await store.drafts.read('ada', 'log/append')).toMatchObject({ version: 1 });
    other[Symbol.dispose]();
    expect(await store.submissions.accept(submission, { count: 10, windowMs: 1000 })).toEqual({ kind: 'accepted', id: 'one' });
    expect(await store.drafts.save({ ...draft, basedOn: 1 })).toMatchObject({ saved: { version: 2 } });
  }, 20_000);

  /** As another program does that writes, such as a backup; until it is disposed, once or twice. */
  function lock(file: string): Disposable {
    const database = new DatabaseSync(file);
    database.exec('BEGIN IMMEDIATE');
    return { [Symbol.dispose]: () => database.isOpen && database.close() };
  }
});
