import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { languages as facts, type LanguageName, languageNames } from '#lessons/languages.ts';
import { exerciseView } from '#sandbox/catalog/exercise-view.ts';
import { loadCatalog } from '#sandbox/catalog/load.ts';
import { LIMITS, PROJECT_DIR } from '#sandbox/config.ts';
import { drawRound } from '#sandbox/generators/round.ts';
import { lendable } from '#sandbox/languages/contract/lendable.ts';
import { languages } from '#sandbox/languages/languages.ts';
import { readOnlyNames } from '../../../site/src/components/read-only-names.ts';

const catalog = await loadCatalog(join(PROJECT_DIR, 'lessons'));
const exercises = catalog.modules.flatMap(({ lessons }) => lessons).flatMap(({ exercise }) => exercise ?? []);

function exerciseIn(name: LanguageName) {
  const found = exercises.find(({ spec }) => spec.language === name);
  if (!found) throw new Error(`no lesson is written in ${name}`);
  return found;
}

test('exactly the languages of the course can be run', () => {
  expect(Object.keys(languages)).toEqual(languageNames);
});

test('titles distinguish the languages', () => {
  expect(new Set(Object.values(languages).map(({ title }) => title)).size).toBe(languageNames.length);
});

describe.each(languageNames)('%s', (name) => {
  const language = languages[name];

  test('is the same for the server and for the page', () => {
    expect(language).toMatchObject(facts[name]);
  });

  test('needs only what can be lent', () => {
    expect(language.needs.length).toBeGreaterThan(0);
    expect(lendable).toEqual(expect.arrayContaining([...language.needs]));
  });

  test('accepts its own lessons, and rejects one whose services it cannot reach', () => {
    const { spec } = exerciseIn(name);
    expect(language.check(spec)).toBeNull();
    const services: typeof spec.services = spec.services.includes('flink') ? ['kafka'] : ['kafka', 'flink'];
    expect(language.check({ ...spec, services })).toMatch(/^services: expected .* found /);
  });

  test('starts nothing without what it needs', () => {
    const exercise = exerciseIn(name);
    const lent = { workspace: null, flink: null, otherBrokers: [] };
    const request = {
      ...{ exercise, files: {}, data: drawRound(exercise.spec, 1), lent, generation: 1, topics: [], bounded: true },
      tenant: { principal: 'p', password: 'w', prefix: 'p.' },
      limits: { ...LIMITS.program, timeMs: 1000, maxJobs: 1 },
      onOutput: () => undefined,
      signal: new AbortController().signal,
    };
    expect(() => language.start(request)).toThrow('without');
  });

  test('names each of its files on the page before the server has responded', () => {
    for (const exercise of exercises.filter(({ spec }) => spec.language === name)) {
      const names = readOnlyNames(exercise.spec, Object.keys(exercise.starter));
      expect(names.toSorted()).toEqual(Object.keys(exerciseView(exercise, LIMITS).readOnlyFiles).toSorted());
    }
  });
});
