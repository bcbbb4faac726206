import type { Bench } from '#sandbox/app/bench.ts';
import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { programsAtOnce } from './at-once.ts';
import { gradePrograms, holds } from './grade-programs.ts';
import { unprovenChecks } from './rules.ts';
import { proofTable } from './table.ts';

const PROGRESS_EVERY = 50;

export interface LessonProof {
  programs: number;
  seconds: number;
  /** Whether every program had the required result, and every check failed at least once. */
  held: boolean;
}

/** Grades every program of a lesson as often as requested, with its progress and its table on the terminal. */
export async function proveLesson(exercise: Exercise, { bench, repeat }: { bench: Bench; repeat: number }): Promise<LessonProof> {
  const startedAt = performance.now();
  const rows = await gradePrograms(exercise, {
    ...{ bench, repeat, concurrency: programsAtOnce(exercise) },
    onProblem: (problem) => console.error(`${exercise.lesson} ${problem}`),
    onDone: (done, all) => {
      if (done % PROGRESS_EVERY === 0) console.error(`${exercise.lesson}: ${done} of ${all} gradings`);
    },
  });
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(proofTable(exercise, rows, seconds));
  const unproven = unprovenChecks(exercise);
  if (unproven.length > 0) console.log(`no wrong program fails ${unproven.join(', ')}: write one`);
  return { programs: rows.length, seconds, held: unproven.length === 0 && rows.every(holds) };
}
