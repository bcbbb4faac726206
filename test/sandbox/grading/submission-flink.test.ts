import { expect, test } from 'vitest';
import { openSubmissionFlink } from '#sandbox/grading/submission-flink.ts';
import { type Waiting, waitingFor } from '#sandbox/protocol/waiting.ts';
import { fakeFlinks } from '../fake-flinks.ts';
import { exerciseWith } from './exercise-fixture.ts';

const exercise = exerciseWith('passes.ts');
const sql = { ...exercise, spec: { ...exercise.spec, language: 'flink-sql' as const } };
const { signal } = new AbortController();

test('a submission in SQL that waits for a Flink tells for what, and keeps the one that it gets until a fault', async () => {
  const flinks = fakeFlinks();
  const release = flinks.holdBack();
  const heard: Waiting[] = [];
  await using submission = openSubmissionFlink({ exercise: sql, flink: flinks.pool, signal });
  const taking = submission.take((what) => heard.push(what));
  expect(heard).toEqual([waitingFor('flink', { position: 3 })]);
  release();
  const first = await taking;
  expect(await submission.take()).toBe(first);
  await submission.clear();
  expect(flinks.lent.size).toBe(0);
  expect(await submission.take()).not.toBe(first);
});

test('a submission in a different language takes none', async () => {
  const flinks = fakeFlinks();
  await using submission = openSubmissionFlink({ exercise, flink: flinks.pool, signal });
  expect(await submission.take()).toBeNull();
  expect(flinks.taken()).toBe(0);
});
