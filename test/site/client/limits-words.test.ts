import { join } from 'node:path';
import { expect, test } from 'vitest';
import { languages } from '#lessons/languages.ts';
import { exerciseView } from '#sandbox/catalog/exercise-view.ts';
import { loadCatalog } from '#sandbox/catalog/load.ts';
import { LIMITS, PROJECT_DIR } from '#sandbox/config.ts';
import { limitsInWords } from '../../../site/src/client/limits-words.ts';

const catalog = await loadCatalog(join(PROJECT_DIR, 'lessons'));
const words = (lesson: string, limits = LIMITS) => {
  const exercise = catalog.exercise(lesson);
  const plan = { language: { name: exercise.spec.language, ...languages[exercise.spec.language] }, rounds: exercise.spec.rounds };
  return limitsInWords(plan, exerciseView(exercise, limits).limits);
};

test('how long a run and a check may take, and how much is kept, is told beside Run', () => {
  expect(words('log/append')).toBe('A run takes at most 15 s and prints at most 64 KiB; a check, 15 s in each of 2 rounds.');
  expect(words('flink-sql/tumble')).toBe(
    'A run takes at most 10 min and shows the last 500 changes of a result; a check, 60 s in each of 2 rounds.',
  );
});

test('the figures are those of the settings', () => {
  const other = { ...LIMITS, program: { ...LIMITS.program, outputBytes: 8192 }, flink: { ...LIMITS.flink, runMs: 120_000 } };
  expect(words('log/keys', other)).toContain('prints at most 8 KiB');
  expect(words('flink-sql/upsert', other)).toContain('takes at most 2 min');
});
