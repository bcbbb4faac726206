import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { readProgram } from '#sandbox/catalog/read-program.ts';
import { filesSchema } from '#sandbox/protocol/identifiers.ts';

/** A program that is graded for the proof of its lesson. */
export interface Subject {
  kind: 'empty' | 'starter' | 'solution' | 'alternate' | 'wrong';
  /** Path in the lesson's folder; `empty` for the empty program. */
  name: string;
  files: Record<string, string>;
}

/** Reads all programs that are graded for the proof of a lesson. */
export async function subjectsOf(exercise: Exercise): Promise<Subject[]> {
  const { spec, dir } = exercise;
  const alternates = await readdir(join(dir, 'alternates')).catch(() => []);
  const named: Omit<Subject, 'files'>[] = [
    { kind: 'starter', name: 'starter' },
    { kind: 'solution', name: 'solution' },
    ...alternates.sort().map((file) => ({ kind: 'alternate' as const, name: `alternates/${file}` })),
    ...Object.keys(spec.wrong).map((file) => ({ kind: 'wrong' as const, name: `wrong/${file}` })),
  ];
  const empty: Subject = { kind: 'empty', name: 'empty', files: Object.fromEntries(spec.files.map((file) => [file, ''])) };
  return [empty, ...(await Promise.all(named.map(async (one) => ({ ...one, files: await filesOf(exercise, one.name) }))))];
}

async function filesOf(exercise: Exercise, name: string): Promise<Record<string, string>> {
  const files = await readProgram(join(exercise.dir, name), exercise);
  // Grading a program without files would prove the empty program under this one's name.
  if (!files || Object.keys(files).length === 0)
    throw new Error(`${exercise.lesson}: ${name} holds none of the files ${exercise.spec.files.join(', ')}`);
  return filesSchema.parse(files);
}
