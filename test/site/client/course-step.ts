import type { CourseStep } from '../../../site/src/client/next-step.ts';

/** A lesson of a course, with its id for every name. */
export function courseStep(id: string, requires: string[] = []): CourseStep {
  return {
    ...{ id, requires, hasExercise: true, minutes: 5, mark: id, name: id, title: id, short: id, summary: id },
    ...{ module: id.split('/')[0] ?? '', language: 'TypeScript' },
  };
}
