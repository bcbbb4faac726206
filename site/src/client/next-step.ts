/** What to do after a lesson has been passed. Pure. */
import { type Done, type KnownLesson, lessonStates } from '../map/lesson-state.ts';

export interface CourseStep extends KnownLesson {
  /** `A2`, and with its title `A2 Same key, same partition`. */
  mark: string;
  name: string;
  title: string;
  /** For a map: `keys`. */
  short: string;
  /** What it is about, in its own words. */
  summary: string;
  /** Title of its module, and of its language; of a lesson that is only read, `Text`. */
  module: string;
  language: string;
  minutes: number;
}

/** The lesson to continue with and others that are ready to start; `done` when every lesson is passed. */
export type NextStep = { kind: 'lesson'; lesson: CourseStep; also: readonly CourseStep[] } | { kind: 'done' };

/** More would be a list, which the map draws better. */
const MOST_OTHERS = 2;

/** @param passed the lesson that has just been passed, whatever the progress says */
export function nextStep(course: readonly CourseStep[], progress: readonly Done[], passed: string): NextStep {
  const known = [...progress.filter(({ lesson }) => lesson !== passed), { lesson: passed, state: 'passed' } as const];
  const states = lessonStates(course, known);
  const here = course.find(({ id }) => states.get(id) === 'here');
  if (!here) return { kind: 'done' };
  // The one that follows in the course, when it is ready, before one that was begun elsewhere.
  const follower = course.slice(course.findIndex(({ id }) => id === passed) + 1).find(({ hasExercise }) => hasExercise);
  const lesson = follower && states.get(follower.id) === 'open' ? follower : here;
  const also = course.filter(
    (other) => other !== lesson && other.hasExercise && ['open', 'here'].includes(states.get(other.id) ?? ''),
  );
  return { kind: 'lesson', lesson, also: also.slice(0, MOST_OTHERS) };
}
