import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { createRandom } from '#sandbox/generators/random.ts';
import type { Run } from '#sandbox/protocol/run.ts';
import { KEPT_RUNS } from '#sandbox/store/kept-runs.ts';
import { openStore } from '#sandbox/store/store.ts';
import { openTestStore } from './store-fixture.ts';

const AT = Date.UTC(2026, 0, 1);

function runOf(runId: string, { lesson = 'log/append', text = '' } = {}): Run {
  return {
    ...{ runId, lesson, files: { 'main.ts': text }, status: 'finished', awaiting: null, seed: 1729 },
    ...{
      result: { kind: 'exited', exitCode: 0, durationMs: 5 },
      output: [],
      cause: null,
      phases: {},
      sql: null,
      breaks: [],
      error: null,
    },
  };
}

test('of each lesson the last runs are kept, newest first, whatever runs elsewhere', async () => {
  await using store = await openTestStore();
  const random = createRandom(3, 'runs');
  const ids = new Map<string, string[]>();
  for (let count = 0; count < 60; count++) {
    const [learner, lesson] = [['ada', 'bob'][random.int(0, 1)] ?? '', ['log/append', 'log/keys'][random.int(0, 1)] ?? ''];
    await store.runs.keep(learner, runOf(`run${count}`, { lesson }), new Date(AT + count));
    ids.set(`${learner} ${lesson}`, [`run${count}`, ...(ids.get(`${learner} ${lesson}`) ?? [])]);
    for (const [key, all] of ids) {
      const [who = '', what = ''] = key.split(' ');
      const listed = await store.runs.list(who, what);
      expect(listed.map(({ runId }) => runId)).toEqual(all.slice(0, KEPT_RUNS));
    }
  }
});

test('a list tells when each run ended, on which data and how', async () => {
  await using store = await openTestStore();
  await store.runs.keep('ada', runOf('one'), new Date(AT));
  expect(await store.runs.list('ada', 'log/append')).toEqual([
    {
      runId: 'one',
      endedAt: new Date(AT).toISOString(),
      seed: 1729,
      result: { kind: 'exited', exitCode: 0, durationMs: 5 },
      error: null,
    },
  ]);
});

test('large runs leave less room for older ones, and the newest is kept whatever its size', async () => {
  await using store = await openTestStore();
  for (let count = 0; count < 6; count++)
    await store.runs.keep('ada', runOf(`run${count}`, { text: 'x'.repeat(1_500_000) }), new Date(AT));
  expect((await store.runs.list('ada', 'log/append')).map(({ runId }) => runId)).toEqual(['run5', 'run4']);
  await store.runs.keep('ada', runOf('huge', { text: 'x'.repeat(5_000_000) }), new Date(AT));
  expect((await store.runs.list('ada', 'log/append')).map(({ runId }) => runId)).toEqual(['huge']);
});

test("another learner's run is not found", async () => {
  await using store = await openTestStore();
  await store.runs.keep('ada', runOf('one'), new Date(AT));
  expect(await store.runs.find('bob', 'one')).toBeNull();
  expect(await store.runs.find('ada', 'one')).toEqual(runOf('one'));
});

test('the last run that an earlier version kept is the first of those that are kept now', async () => {
  await using store = await openTestStore();
  const older = new DatabaseSync(store.file);
  older.exec(`DROP TABLE runs; DELETE FROM kysely_migration WHERE name = '0005-runs';
    CREATE TABLE last_runs (learner_id text, lesson text, run text, ended_at text, PRIMARY KEY (learner_id, lesson))`);
  const insert = older.prepare('INSERT INTO last_runs VALUES (?, ?, ?, ?)');
  insert.run('ada', 'log/append', JSON.stringify(runOf('old')), new Date(AT).toISOString());
  older.close();
  await using newer = await openStore(store.file);
  expect(await newer.runs.find('ada', 'old')).toEqual(runOf('old'));
  expect(await newer.runs.list('ada', 'log/append')).toHaveLength(1);
});
