/**
 * The lessons on disk, checked. `loadCatalog` (load.ts) makes it; everything else trusts it.
 */
import type { ExerciseSpec, FrontMatter, ModuleMeta } from '#lessons/schema.ts';

/** An exercise with all that stands in its folder. Paths are absolute. */
export interface Exercise {
  lesson: string;
  /** The lesson's title. */
  title: string;
  spec: ExerciseSpec;
  /** Text of every file of `starter/`, editable and read-only ones. */
  starter: Readonly<Record<string, string>>;
  graderPath: string;
  dir: string;
  /** Hash of everything in the folder but the text of the lesson. */
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

/** A lesson or module that could not be read. The others are not touched by it. */
export interface LessonProblem {
  /** `log/append`; of a broken module just `log`. */
  lesson: string;
  /** Relative to the folder of the lessons. */
  file: string;
  /** Says file, key, what was expected and what came. */
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
