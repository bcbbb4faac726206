import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { WrittenExercise } from '../contract/exercise.ts';
import { editableFiles } from '../contract/starter-files.ts';
import type { SqlFile } from './split.ts';

/** Returns the file whose statements run before the learner's; none when the exercise has none. */
export function tableFiles({ spec: { tables }, starter }: WrittenExercise): SqlFile[] {
  return tables === undefined ? [] : [{ name: tables, text: starter[tables] ?? '' }];
}

/**
 * Returns the files of a flink-sql exercise in the order in which their statements run: the read-only tables first, then the learner's own.
 *
 * @param files the learner's files by name; the starter's text replaces a missing one
 */
export function sqlFiles(exercise: WrittenExercise, files: Readonly<Files>): SqlFile[] {
  return [...tableFiles(exercise), ...editableFiles(exercise, files)];
}
