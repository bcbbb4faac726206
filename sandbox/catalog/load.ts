/**
 * Reads the lessons on disk. A broken lesson is listed in `problems` and does not affect the rest.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { frontMatterSchema, moduleSchema } from '#lessons/schema.ts';
import { PlatformError } from '#sandbox/errors.ts';
import type { Catalog, Lesson, LessonProblem, Module } from './catalog.ts';
import { numberedFolders, readFolder } from './folder.ts';
import { LessonError, parseFrontMatter, parseYaml } from './parse.ts';
import { readExercise } from './read-exercise.ts';
import { requirementProblems } from './requirements.ts';

/** @param lessonsDir absolute path of the folder with the modules */
export async function loadCatalog(lessonsDir: string): Promise<Catalog> {
  const problems: LessonProblem[] = [];
  const modules: Module[] = [];
  for (const folder of await numberedFolders(lessonsDir)) {
    await collect(problems, folder.slug, async () => modules.push(await readModule(lessonsDir, folder, problems)));
  }
  problems.push(
    ...requirementProblems(
      modules,
      problems.map(({ lesson }) => lesson),
    ),
  );
  const isSound = ({ id }: Lesson) => !problems.some((problem) => problem.lesson === id);
  return toCatalog(
    modules.map((module) => ({ ...module, lessons: module.lessons.filter(isSound) })),
    problems,
  );
}

type Folder = { name: string; slug: string };

async function readModule(lessonsDir: string, { name, slug }: Folder, problems: LessonProblem[]): Promise<Module> {
  const file = `${name}/module.yaml`;
  const text = await readFile(join(lessonsDir, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new LessonError(file, 'expected this file with title, letter and summary, found none');
    throw error;
  });
  const meta = parseYaml(moduleSchema, { file, text });
  const lessons: Lesson[] = [];
  for (const [index, folder] of (await numberedFolders(join(lessonsDir, name))).entries()) {
    const id = `${slug}/${folder.slug}`;
    const entry = { id, module: slug, mark: `${meta.letter}${index + 1}`, path: `${name}/${folder.name}` };
    await collect(problems, id, async () => lessons.push(await readLesson(lessonsDir, entry)));
  }
  return { slug, meta, lessons };
}

async function readLesson(
  lessonsDir: string,
  { path, ...entry }: Pick<Lesson, 'id' | 'module' | 'mark'> & { path: string },
): Promise<Lesson> {
  const dir = join(lessonsDir, path);
  const files = await readFolder(dir);
  const text = files['index.mdx'];
  if (text === undefined) throw new LessonError(`${path}/index.mdx`, "expected the lesson's text, found no file");
  const frontMatter = parseFrontMatter(frontMatterSchema, { file: `${path}/index.mdx`, text });
  return { ...entry, frontMatter, exercise: readExercise({ lesson: entry.id, title: frontMatter.title, dir, path, files }) };
}

async function collect(problems: LessonProblem[], lesson: string, read: () => Promise<unknown>): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!(error instanceof LessonError)) throw error;
    problems.push({ lesson, file: error.file, message: error.message });
  }
}

function toCatalog(modules: readonly Module[], problems: readonly LessonProblem[]): Catalog {
  const lessons = new Map(modules.flatMap((module) => module.lessons).map((lesson) => [lesson.id, lesson]));
  const lesson = (id: string): Lesson => {
    const found = lessons.get(id);
    if (found) return found;
    const problem = problems.find((one) => one.lesson === id || id.startsWith(`${one.lesson}/`));
    if (!problem) throw notFound(id, [...lessons.keys()]);
    throw new PlatformError('LESSON_BROKEN', {
      message: problem.message,
      hint: 'fix that file; it does not affect the other lessons',
    });
  };
  const exercise = (id: string) => {
    const { exercise } = lesson(id);
    if (exercise) return exercise;
    throw new PlatformError('NO_EXERCISE', {
      message: `the lesson ${id} has no exercise`,
      hint: 'read it; there is nothing to submit',
    });
  };
  return { modules, problems, lesson, exercise };
}

function notFound(id: string, known: readonly string[]): PlatformError {
  return new PlatformError('LESSON_NOT_FOUND', {
    message: `there is no lesson ${id}`,
    hint: known.length > 0 ? `use one of ${known.join(', ')}` : 'add a lesson first; there are none',
  });
}
