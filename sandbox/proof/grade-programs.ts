import { randomUUID } from 'node:crypto';
import type { Bench } from '#sandbox/app/bench.ts';
import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { gradeSubmission } from '#sandbox/grading/grade.ts';
import { objection } from './rules.ts';
import { type Subject, subjectsOf } from './subjects.ts';

/** A program and its gradings; `problem` is null for a grading with the required result. */
export interface ProofRow {
  subject: Subject;
  attempts: { problem: string | null; seed: number; tookMs: number }[];
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
  const all = queue.length;
  let done = 0;
  const work = async () => {
    for (let row = queue.shift(); row; row = queue.shift()) {
      row.attempts.push(await attempt(exercise, row.subject, options));
      onDone?.(++done, all);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return rows;
}

async function attempt(
  exercise: Exercise,
  subject: Subject,
  { bench, onProblem }: GradeProgramsOptions,
): Promise<ProofRow['attempts'][number]> {
  const startedAt = performance.now();
  const submission = { exercise, files: subject.files, submissionId: randomUUID(), queuedAt: new Date() };
  const report = await gradeSubmission({ ...bench, ...submission, onFault: (error) => onProblem?.(`${subject.name}: ${error}`) });
  const tookMs = performance.now() - startedAt;
  const problem = objection(subject, report, exercise);
  if (problem !== null) onProblem?.(`${subject.name}, seed ${report.seed}: ${problem}`);
  return { problem, seed: report.seed, tookMs };
}
