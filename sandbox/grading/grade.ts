/**
 * Grades one submission: its rounds one after another, each with data, principal, topics and workspace of its own.
 */
import { randomInt } from 'node:crypto';
import { PlatformError } from '#sandbox/errors.ts';
import { languages } from '#sandbox/languages/languages.ts';
import type { Report } from '#sandbox/protocol/report.ts';
import type { OutputChunk } from '#sandbox/protocol/run.ts';
import type { GradeOptions } from './grade-options.ts';
import { graderHash } from './grader-hash.ts';
import { GraderFault } from './grader-process.ts';
import { checkResults, faultReport, judgedReport, shownOutput } from './report.ts';
import { type RoundsCourse, runRounds } from './rounds.ts';

export type { GradeOptions } from './grade-options.ts';

/**
 * Judges a submission. Faults of ours are a report with status `error`, never a fail.
 * @throws the signal's reason when it aborts, and nothing else
 */
export async function gradeSubmission(options: GradeOptions): Promise<Report> {
  const { exercise, signal, submissionId, queuedAt, onFault } = options;
  const { seed = randomInt(2 ** 31), rounds = exercise.spec.rounds } = options;
  const course: RoundsCourse = { startedAt: new Date(), readyAt: null, last: null };
  const facts = (hash: string) => ({
    submissionId,
    lesson: exercise.lesson,
    seed,
    rounds,
    contentHash: exercise.contentHash,
    graderHash: hash,
    phases: phasesOf(course, queuedAt),
    output: outputOf(exercise, course.last?.output ?? []),
  });
  try {
    const last = await runRounds({ ...options, seed, rounds }, course);
    return judgedReport(facts(await graderHash(exercise)), checkResults(last, exercise.spec.checks));
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    onFault?.(error);
    return faultReport(facts(''), { error: inWords(error), titles: exercise.spec.checks });
  }
}

function outputOf({ spec }: GradeOptions['exercise'], chunks: readonly OutputChunk[]): Report['output'] {
  const names = { topics: Object.keys(spec.topics), inputs: Object.keys(spec.inputs) };
  const text = chunks.map((chunk) => chunk.text).join('');
  return { ...shownOutput(chunks), cause: languages[spec.language].output?.explain(text, names) ?? null };
}

function phasesOf({ startedAt, readyAt, last }: RoundsCourse, queuedAt: Date): Report['phases'] {
  const ready = readyAt ?? startedAt;
  return {
    queued: queuedAt.toISOString(),
    started: startedAt.toISOString(),
    ready: ready.toISOString(),
    ran: (last?.ranAt ?? ready).toISOString(),
    graded: new Date().toISOString(),
  };
}

function inWords(error: unknown): string {
  if (error instanceof PlatformError) return error.message;
  if (error instanceof GraderFault) return `${error.message}.`;
  return 'The grading met a fault of its own; the log has the details.';
}
