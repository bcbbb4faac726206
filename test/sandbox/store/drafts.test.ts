import { expect, test } from 'vitest';
import { openTestStore } from './store-fixture.ts';

const ada = { learnerId: 'ada', lesson: 'log/append' };
const at = (second: number) => new Date(second * 1000);

test('a lesson without a draft has version 0 and no files', async () => {
  await using store = await openTestStore();
  expect(await store.drafts.read('ada', 'log/append')).toEqual({ files: {}, version: 0, savedAt: null });
});

test('each save raises the version and replaces the files', async () => {
  await using store = await openTestStore();
  await store.drafts.save({ ...ada, files: { 'main.ts': '1' }, basedOn: 0, now: at(1) });
  await store.drafts.save({ ...ada, files: { 'main.ts': '2' }, basedOn: 1, now: at(2) });
  expect(await store.drafts.read('ada', 'log/append')).toEqual({
    files: { 'main.ts': '2' },
    version: 2,
    savedAt: '1970-01-01T00:00:02.000Z',
  });
});

test('a save based on an older version changes nothing and returns the stored draft', async () => {
  await using store = await openTestStore();
  await store.drafts.save({ ...ada, files: { 'main.ts': 'one tab' }, basedOn: 0, now: at(1) });
  const outcome = await store.drafts.save({ ...ada, files: { 'main.ts': 'another tab' }, basedOn: 0, now: at(2) });
  expect(outcome).toMatchObject({ conflict: { files: { 'main.ts': 'one tab' }, version: 1 } });
  expect(await store.drafts.read('ada', 'log/append')).toMatchObject({ files: { 'main.ts': 'one tab' }, version: 1 });
});

test('repeating a save whose answer was lost is not a conflict', async () => {
  await using store = await openTestStore();
  const save = { ...ada, files: { 'main.ts': 'x', 'other.ts': 'y' }, basedOn: 0, now: at(1) };
  await store.drafts.save(save);
  expect(await store.drafts.save(save)).toMatchObject({ saved: { version: 1 } });
});

test('each learner has a separate draft for each lesson', async () => {
  await using store = await openTestStore();
  await store.drafts.save({ ...ada, files: { 'main.ts': 'a' }, basedOn: 0, now: at(1) });
  expect(await store.drafts.read('bob', 'log/append')).toMatchObject({ version: 0 });
  expect(await store.drafts.read('ada', 'log/keys')).toMatchObject({ version: 0 });
});
