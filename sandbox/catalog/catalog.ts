/**
 * The lessons on disk, validated. `loadCatalog` (load.ts) creates it; all other code trusts it.
 */
import type { ExerciseSpec, FrontMatter, ModuleMeta } from '#lessons/schema.ts';

/** An exercise with everything in its folder. Paths are absolute. */
export interface Exercise {
  lesson: string;
  /** The lesson's title. */
  title: string;
  spec: ExerciseSpec;
  /** Text of every file of `starter/`, editable or read-only. */
  starter: Readonly<Record<string, string>>;
  graderPath: string;
  dir: string;
  /** Hash of everything in the folder except the text of the lesson. */
  contentHash: string;
}

export interface Lesson {
  id: string;
  module: string;
  /** `A1`: the module's letter and the lesson's place in it. */
  mark: string;
  frontMatter: FrontMatter;
  exercise: Exercise | null;
}

export interface Module {
  slug: string;
  meta: ModuleMeta;
  lessons: readonly Lesson[];
}

/** A lesson or module that could not be read. It does not affect the rest. */
export interface LessonProblem {
  /** `log/append`; for a broken module just `log`. */
  lesson: string;
  /** Relative to the folder of the lessons. */
  file: string;
  /** Names file, key, what was expected and what was found. */
  message: string;
}

export interface Catalog {
  readonly modules: readonly Module[];
  readonly problems: readonly LessonProblem[];
  /** @throws PlatformError LESSON_NOT_FOUND, LESSON_BROKEN */
  lesson(id: string): Lesson;
  /** @throws PlatformError LESSON_NOT_FOUND, LESSON_BROKEN, NO_EXERCISE */
  exercise(id: string): Exercise;
}
