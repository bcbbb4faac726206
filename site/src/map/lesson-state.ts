/** A lesson's state for the learner: `here` is the one to continue with, `open` has every requirement passed, `closed` does not. */
export type LessonState = 'passed' | 'here' | 'open' | 'closed';

export interface KnownLesson {
  id: string;
  requires: readonly string[];
  /** A text-only lesson cannot be passed, so no lesson waits for it. */
  hasExercise: boolean;
}

export interface Done {
  lesson: string;
  state: 'not-started' | 'started' | 'passed';
}

/** Returns the state of every lesson, in course order. Without progress, the first open lesson is `here`. */
export function lessonStates(lessons: readonly KnownLesson[], progress: readonly Done[]): Map<string, LessonState> {
  const inState = (state: Done['state']) => new Set(progress.filter((done) => done.state === state).map(({ lesson }) => lesson));
  const passed = inState('passed');
  const started = inState('started');
  const waitedFor = new Set(lessons.filter(({ id, hasExercise }) => hasExercise && !passed.has(id)).map(({ id }) => id));

  const states = new Map<string, LessonState>();
  for (const { id, requires } of lessons) {
    const open = requires.every((other) => !waitedFor.has(other));
    states.set(id, passed.has(id) ? 'passed' : open ? 'open' : 'closed');
  }
  const candidates = lessons.filter(({ id, hasExercise }) => hasExercise && !passed.has(id));
  const here = candidates.find(({ id }) => started.has(id)) ?? candidates.find(({ id }) => states.get(id) === 'open');
  if (here) states.set(here.id, 'here');
  return states;
}
