import type { Exercise } from '#sandbox/catalog/catalog.ts';

/**
 * The files of a flink-sql exercise in the order in which their statements run: the read-only tables first, then the learner's own.
 *
 * @param files the learner's files by name; the starter's text stands in for one that is missing
 */
export function sqlFiles({ spec, starter }: Exercise, files: Readonly<Record<string, string>>): { name: string; text: string }[] {
  const tables = spec.tables === undefined ? [] : [{ name: spec.tables, text: starter[spec.tables] ?? '' }];
  return [...tables, ...spec.files.map((name) => ({ name, text: files[name] ?? starter[name] ?? '' }))];
}
