import { join } from 'node:path';
import { diagnoses } from '#lessons/diagnoses.ts';
import { type ExerciseSpec, exerciseSchema } from '#lessons/schema.ts';
import { generatorNames } from '#sandbox/generators/registry.ts';
import { drawRound, VISIBLE_SEED } from '#sandbox/generators/round.ts';
import type { Exercise } from './catalog.ts';
import { languageProblem } from './check-language.ts';
import { hashFiles } from './folder.ts';
import { LessonError, parseYaml } from './parse.ts';

interface LessonFolder {
  lesson: string;
  title: string;
  dir: string;
  /** The folder's path from the folder of the lessons, for messages. */
  path: string;
  files: Readonly<Record<string, string>>;
}

/**
 * Returns the exercise in a lesson's folder, or null when it has none.
 * @throws LessonError
 */
export function readExercise({ lesson, title, dir, path, files }: LessonFolder): Exercise | null {
  const text = files['exercise.yaml'];
  if (text === undefined) return null;
  const file = `${path}/exercise.yaml`;
  const spec = parseYaml(exerciseSchema, { file, text });
  checkFiles(spec, { path, files });
  checkNames(spec, file);
  checkLanguage(spec, file);
  return {
    lesson,
    title,
    spec,
    starter: below('starter/', files),
    graderPath: join(dir, 'grader.ts'),
    dir,
    contentHash: hashFiles(Object.fromEntries(Object.entries(files).filter(([name]) => name !== 'index.mdx'))),
  };
}

function below(folder: string, files: Readonly<Record<string, string>>): Record<string, string> {
  const inside = Object.entries(files).filter(([name]) => name.startsWith(folder));
  return Object.fromEntries(inside.map(([name, text]) => [name.slice(folder.length), text]));
}

function checkFiles(spec: ExerciseSpec, { path, files }: Pick<LessonFolder, 'path' | 'files'>): void {
  const tables = spec.tables === undefined ? [] : [`starter/${spec.tables}`];
  const needed = ['grader.ts', ...tables, ...spec.files.flatMap((name) => [`starter/${name}`, `solution/${name}`])];
  for (const name of needed) {
    if (files[name] === undefined) throw new LessonError(`${path}/${name}`, 'expected this file, found none');
  }
  const wrong = Object.keys(below('wrong/', files)).map((name) => name.split('/')[0] ?? name);
  for (const name of wrong) {
    if (!spec.wrong[name]) throw new LessonError(`${path}/exercise.yaml`, `wrong: expected a line for wrong/${name}, found none`);
  }
  for (const name of Object.keys(spec.wrong)) {
    if (!wrong.includes(name))
      throw new LessonError(`${path}/wrong/${name}`, 'exercise.yaml lists this wrong program, but it does not exist');
  }
}

function checkLanguage(spec: ExerciseSpec, file: string): void {
  const problem = languageProblem(spec);
  if (problem !== null) throw new LessonError(file, problem);
}

function checkNames(spec: ExerciseSpec, file: string): void {
  for (const [name, { generator, as, live }] of Object.entries(spec.inputs)) {
    if (!generatorNames.includes(generator)) {
      throw new LessonError(file, `inputs.${name}.generator: expected one of ${generatorNames.join(', ')}, found "${generator}"`);
    }
    if (live && as !== 'topic') throw new LessonError(file, `inputs.${name}.live: expected "as: topic" with it, found "${as}"`);
    if (as === 'topic' && !spec.topics[name]) {
      throw new LessonError(file, `inputs.${name}: "as: topic" fills the topic of that name, but topics has no "${name}"`);
    }
  }
  checkColours(spec, file);
  for (const [name, { diagnosis }] of Object.entries(spec.wrong)) {
    if (diagnosis !== undefined && !(diagnosis in diagnoses)) {
      throw new LessonError(file, `wrong.${name}.diagnosis: "${diagnosis}" is not in lessons/diagnoses.ts`);
    }
  }
}

/** A topic that has the name of an input holds its items. */
function checkColours(spec: ExerciseSpec, file: string): void {
  const { inputs } = drawRound(spec, VISIBLE_SEED);
  for (const [name, { colourBy }] of Object.entries(spec.topics)) {
    const item = inputs[name]?.[0];
    if (colourBy === undefined || typeof item !== 'object' || item === null || Object.hasOwn(item, colourBy)) continue;
    const fields = Object.keys(item).join(', ');
    throw new LessonError(file, `topics.${name}.colourBy: expected one of the fields ${fields}, found "${colourBy}"`);
  }
}
