import { counted } from '#lessons/counted.ts';
import type { Bench } from '#sandbox/app/bench.ts';
import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { programsAtOnce } from './at-once.ts';
import { foundLines } from './found-lines.ts';
import { gradePrograms, holds } from './grade-programs.ts';
import { unprovenChecks } from './rules.ts';
import type { Subject } from './subjects.ts';
import { proofTable } from './table.ts';

const PROGRESS_EVERY = 50;

export interface LessonProof {
  programs: number;
  /** Programs that must pass, and stored programs that must fail. */
  right: number;
  wrong: number;
  seconds: number;
  /** Whether every program had the required result, and every check failed at least once. */
  held: boolean;
}

export interface ProveLessonOptions {
  bench: Bench;
  repeat: number;
  /** Prints what each wrong program got. */
  show: boolean;
}

/** Grades every program of a lesson as often as requested, with its progress and its table on the terminal. */
export async function proveLesson(exercise: Exercise, { bench, repeat, show }: ProveLessonOptions): Promise<LessonProof> {
  const startedAt = performance.now();
  const rows = await gradePrograms(exercise, {
    ...{ bench, repeat, concurrency: programsAtOnce(exercise) },
    onProblem: (problem) => console.error(`${exercise.lesson} ${problem}`),
    onDone: (done, all) => {
      if (done % PROGRESS_EVERY === 0) console.error(`${exercise.lesson}: ${done} of ${counted(all, 'grading')}`);
    },
  });
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(proofTable(exercise, rows, seconds));
  if (show) console.log(foundLines(rows));
  const unproven = unprovenChecks(exercise);
  if (unproven.length > 0) console.log(`no wrong program fails ${unproven.join(', ')}: write one`);
  const count = (...kinds: Subject['kind'][]) => rows.filter(({ subject }) => kinds.includes(subject.kind)).length;
  return {
    ...{ programs: rows.length, right: count('solution', 'alternate'), wrong: count('wrong'), seconds },
    held: unproven.length === 0 && rows.every(holds),
  };
}
