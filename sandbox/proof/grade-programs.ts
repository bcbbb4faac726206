import type { Bench } from '#sandbox/app/bench.ts';
import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { gradeFiles, workThrough } from './grade-files.ts';
import { type Found, foundIn, objection } from './rules.ts';
import { type Subject, subjectsOf } from './subjects.ts';

export interface Attempt {
  /** Null for the required result. */
  problem: string | null;
  /** Null when no check failed. */
  found: Found | null;
  seed: number;
  tookMs: number;
}

/** A program and its gradings. */
export interface ProofRow {
  subject: Subject;
  attempts: Attempt[];
}

/** Returns whether every grading of a program had the required result. */
export function holds({ attempts }: ProofRow): boolean {
  return attempts.every(({ problem }) => problem === null);
}

export interface GradeProgramsOptions {
  bench: Omit<Bench, typeof Symbol.asyncDispose>;
  repeat: number;
  /** Programs graded at the same time. */
  concurrency: number;
  /** Selects the programs; all when left out. */
  only?: (subject: Subject) => boolean;
  /** Called with the number of finished gradings, after each. */
  onDone?: (done: number, all: number) => void;
  /** Called with a problem as soon as it is known. */
  onProblem?: (problem: string) => void;
}

/** Grades every program of a lesson, as often as requested, each time with a fresh seed. */
export async function gradePrograms(exercise: Exercise, options: GradeProgramsOptions): Promise<ProofRow[]> {
  const { repeat, concurrency, onDone, only = () => true } = options;
  const rows = (await subjectsOf(exercise)).filter(only).map((subject): ProofRow => ({ subject, attempts: [] }));
  const queue = Array.from({ length: repeat }, () => rows).flat();
  let done = 0;
  await workThrough(queue, concurrency, async (row) => {
    row.attempts.push(await attempt(exercise, row.subject, options));
    onDone?.(++done, queue.length);
  });
  return rows;
}

async function attempt(exercise: Exercise, subject: Subject, { bench, onProblem }: GradeProgramsOptions): Promise<Attempt> {
  const onFault = (error: unknown) => onProblem?.(`${subject.name}: ${error}`);
  const { report, tookMs } = await gradeFiles(exercise, subject.files, { bench, onFault });
  const problem = objection(subject, report, exercise);
  if (problem !== null) onProblem?.(`${subject.name}, seed ${report.seed}: ${problem}`);
  return { problem, found: foundIn(report), seed: report.seed, tookMs };
}
