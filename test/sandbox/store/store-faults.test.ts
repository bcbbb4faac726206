import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openStore } from '#sandbox/store/store.ts';
import { explainStoreError } from '#sandbox/store/store-error.ts';
import { openTestStore } from './store-fixture.ts';

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
