/** The lessons of a module in a row, with where the learner is. Pure. */
import type { CourseStep } from './next-step.ts';

export interface LanePlace {
  id: string;
  /** Place in the module, from 1. */
  number: number;
  short: string;
  name: string;
  state: 'passed' | 'just-passed' | 'next' | 'left';
}

/** @param lesson the one whose module is shown and that has been passed, whatever `passed` says */
export function moduleLane(
  course: readonly CourseStep[],
  { lesson, passed, next }: { lesson: string; passed: readonly string[]; next: string | null },
): LanePlace[] {
  const moduleOf = (id: string) => id.split('/')[0];
  return course
    .filter(({ id }) => moduleOf(id) === moduleOf(lesson))
    .map(({ id, short, name }, index) => {
      const state = id === lesson ? 'just-passed' : passed.includes(id) ? 'passed' : id === next ? 'next' : 'left';
      return { id, number: index + 1, short, name, state };
    });
}
