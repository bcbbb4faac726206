import type { Catalog } from '#sandbox/catalog/catalog.ts';
import type { Config } from '#sandbox/config.ts';
import { gradeSubmission } from '#sandbox/grading/grade.ts';
import { type GradingQueue, openQueue, type QueueOptions } from '#sandbox/grading/queue.ts';
import { type GradeOnce, gradeOnStack } from '#sandbox/grading/queued-grade.ts';
import { gradingParts } from './grading-parts.ts';
import type { Log } from './log.ts';
import type { Parts } from './parts.ts';
import type { Stack } from './stack.ts';

export interface GradingOptions extends Pick<QueueOptions, 'submissions' | 'publish' | 'isListening'> {
  config: Pick<Config, 'limits'>;
  parts: Parts;
  catalog: Catalog;
  log: Log;
  /** Replaces the grader in tests. */
  grade?: GradeOnce<Stack> | undefined;
}

type OnUngraded = (error: unknown, submissionId: string) => void;

/** Opens the queue of submissions, which the parts grade. */
export function openGrading(options: GradingOptions): Promise<GradingQueue> {
  const { config, parts, catalog, log, submissions, publish, isListening } = options;
  const { stack, watch } = parts;
  const onFault: OnUngraded = (error, submissionId) => log.fault('a grading failed', error, { submissionId });
  const grade = options.grade ?? gradeOn(parts, config, onFault);
  return openQueue({
    submissions,
    grade: gradeOnStack({ stack, watch, catalog, grade, onFault }),
    concurrency: config.limits.gradingConcurrency,
    publish,
    isListening,
    onFault,
  });
}

function gradeOn(parts: Parts, config: GradingOptions['config'], onFault: OnUngraded): GradeOnce<Stack> {
  return (stack, exercise, { id, learnerId, files, submittedAt }, hooks) =>
    gradeSubmission({
      ...hooks,
      ...gradingParts(parts, stack, learnerId),
      exercise,
      files,
      submissionId: id,
      queuedAt: new Date(submittedAt),
      tenants: () => parts.spares.take(hooks.signal),
      config,
      onFault: (error) => onFault(error, id),
    });
}
