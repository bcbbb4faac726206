import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { graderHash } from '#sandbox/grading/grader-hash.ts';

/** Which lessons were proven, in the state in which they were: `prove --changed` leaves those out. */
export interface ProofRecord {
  changed(exercises: readonly Exercise[]): Promise<Exercise[]>;
  proven(exercise: Exercise): Promise<void>;
}

const recordSchema = z.record(z.string(), z.string());

/** @param home STREAMWRIGHT_HOME */
export async function openProofRecord(home: string): Promise<ProofRecord> {
  const file = join(home, 'proofs.json');
  const text = await readFile(file, 'utf8').catch(() => '{}');
  const states = new Map(Object.entries(readStates(text)));
  return {
    async changed(exercises) {
      const now = await Promise.all(exercises.map(stateOf));
      return exercises.filter(({ lesson }, index) => states.get(lesson) !== now[index]);
    },
    async proven(exercise) {
      states.set(exercise.lesson, await stateOf(exercise));
      await mkdir(home, { recursive: true, mode: 0o700 });
      await writeFile(file, JSON.stringify(Object.fromEntries(states), null, 2));
    },
  };
}

/** A damaged record only means that everything is proven again. */
function readStates(text: string): Record<string, string> {
  try {
    return recordSchema.catch({}).parse(JSON.parse(text));
  } catch {
    return {};
  }
}

async function stateOf(exercise: Exercise): Promise<string> {
  return `${exercise.contentHash} ${await graderHash(exercise)}`;
}
