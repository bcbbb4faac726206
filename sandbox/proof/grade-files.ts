import { randomUUID } from 'node:crypto';
import type { Bench } from '#sandbox/app/bench.ts';
import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { gradeSubmission } from '#sandbox/grading/grade.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { Report } from '#sandbox/protocol/report.ts';

export interface GradeFilesOptions {
  bench: Omit<Bench, typeof Symbol.asyncDispose>;
  /** Called with each Streamwright error, also when the second try went well. */
  onFault: (error: unknown) => void;
}

/** Grades one program with a fresh seed. */
export async function gradeFiles(
  exercise: Exercise,
  files: Readonly<Files>,
  { bench, onFault }: GradeFilesOptions,
): Promise<{ report: Report; tookMs: number }> {
  const startedAt = performance.now();
  const submission = { exercise, files, submissionId: randomUUID(), queuedAt: new Date() };
  const report = await gradeSubmission({ ...bench, ...submission, onFault });
  return { report, tookMs: performance.now() - startedAt };
}

/** Works through a queue in order, several items at the same time. */
export async function workThrough<Item>(
  items: readonly Item[],
  concurrency: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}
