/** Reads an exercise from its lesson's folder at build time: what the page shows before its first request to the server. */
import { parse } from 'yaml';
import { breaksOf } from '#lessons/breaks.ts';
import { diagnoses } from '#lessons/diagnoses.ts';
import { languages } from '#lessons/languages.ts';
import { exerciseSchema } from '#lessons/schema.ts';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { readOnlyNames } from './read-only-names.ts';

const specs = import.meta.glob<string>('../../../lessons/*/*/exercise.yaml', { query: '?raw', import: 'default', eager: true });
const starters = import.meta.glob<string>('../../../lessons/*/*/starter/**', { query: '?raw', import: 'default', eager: true });

/**
 * Returns a lesson's exercise and the starter text of its editable files.
 *
 * @param lesson `log/append`
 * @returns its services in the order of their start; null when the lesson has no exercise
 */
export function readExercise(
  lesson: string,
  next: ExercisePlan['next'] = null,
): { plan: ExercisePlan; files: Record<string, string>; services: readonly string[] } | null {
  const [specPath, text] = Object.entries(specs).find(([path]) => lessonOf(path) === lesson) ?? [];
  if (specPath === undefined || text === undefined) return null;
  const spec = exerciseSchema.parse(parse(text));
  const starter = Object.fromEntries(
    Object.entries(starters)
      .filter(([path]) => lessonOf(path) === lesson)
      .map(([path, source]) => [path.slice(path.indexOf('/starter/') + '/starter/'.length), source]),
  );
  const named = new Set(Object.values(spec.wrong).flatMap(({ diagnosis }) => diagnosis ?? []));
  return {
    services: spec.services,
    files: Object.fromEntries(spec.files.map((file) => [file, starter[file] ?? ''])),
    plan: {
      lesson,
      next,
      language: { name: spec.language, ...languages[spec.language] },
      editable: spec.files,
      readOnly: readOnlyNames(spec, Object.keys(starter)),
      topics: Object.keys(spec.topics),
      colourBy: Object.fromEntries(
        Object.entries(spec.topics).flatMap(([name, { colourBy }]) => (colourBy === undefined ? [] : [[name, colourBy]])),
      ),
      breaks: breaksOf(spec),
      lanes: Math.max(1, ...Object.values(spec.topics).flatMap(({ partitions }) => partitions)),
      checks: Object.entries(spec.checks).map(([id, title]) => ({ id, title })),
      hints: spec.hints,
      rounds: spec.rounds,
      diagnoses: Object.fromEntries(
        Object.entries(diagnoses)
          .filter(([name]) => named.has(name))
          .map(([name, { title }]) => [name, title]),
      ),
    },
  };
}

/** `…/lessons/01-log/02-keys/exercise.yaml` -> `log/keys`. */
function lessonOf(path: string): string {
  const [module, slug] = path.split('/lessons/')[1]?.split('/') ?? [];
  return [module, slug].map((part) => part?.replace(/^\d+-/, '')).join('/');
}
