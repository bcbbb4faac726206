/** Chooses the programs that `npm test` grades: all of a changed lesson, a draw where the record in `lessons/proofs.json` holds. */
import { createHash } from 'node:crypto';
import type { Change } from '#sandbox/proof/change.ts';
import type { Subject } from '#sandbox/proof/subjects.ts';

/**
 * Gradings of all lessons together for which only the common ground changed. At about 2 s each this is 3 minutes for any number of lessons:
 * 25 lessons get three programs each, fewer get more.
 */
export const GRADINGS_OF_CHANGED_GROUND = 75;

/** Programs that are graded for every lesson, every time. */
const ALWAYS: readonly Subject['kind'][] = ['starter', 'solution'];

export interface LessonState {
  lesson: string;
  change: Change;
  programs: readonly Pick<Subject, 'kind' | 'name'>[];
}

export interface PlannedProof extends LessonState {
  /** Names of the programs to grade, in the order of `programs`. */
  names: string[];
}

/**
 * Chooses the programs to grade.
 *
 * @param drawnBy any text: the same text draws the same wrong programs, and over many texts every one is drawn
 * @param budget gradings of all lessons for which only the common ground changed; each gets at least one wrong program
 */
export function planProofs(
  lessons: readonly LessonState[],
  { drawnBy, budget }: { drawnBy: string; budget: number },
): PlannedProof[] {
  const shares = shareOut(
    lessons.filter(({ change }) => change === 'common'),
    { drawnBy, budget },
  );
  return lessons.map((state) => {
    const isFull = state.change === 'unrecorded' || state.change === 'folder';
    const drawn = drawOrder(wrongOf(state), `${drawnBy} ${state.lesson}`).slice(0, shares.get(state.lesson) ?? 1);
    const isChosen = ({ kind, name }: Pick<Subject, 'kind' | 'name'>) => isFull || ALWAYS.includes(kind) || drawn.includes(name);
    return { ...state, names: state.programs.filter(isChosen).map(({ name }) => name) };
  });
}

/** Gives each lesson one wrong program and then, in turn, one more, until the budget is used up or no program is left. */
function shareOut(
  lessons: readonly LessonState[],
  { drawnBy, budget }: { drawnBy: string; budget: number },
): Map<string, number> {
  const shares = new Map(lessons.map(({ lesson }) => [lesson, 1]));
  const inTurn = drawOrder([...shares.keys()], drawnBy);
  const wrong = new Map(lessons.map((state) => [state.lesson, wrongOf(state).length]));
  let left = budget - lessons.length * (ALWAYS.length + 1);
  while (left > 0) {
    const wanting = inTurn.filter((lesson) => (shares.get(lesson) ?? 0) < (wrong.get(lesson) ?? 0)).slice(0, left);
    if (wanting.length === 0) break;
    for (const lesson of wanting) shares.set(lesson, (shares.get(lesson) ?? 0) + 1);
    left -= wanting.length;
  }
  return shares;
}

function wrongOf({ programs }: LessonState): string[] {
  return programs.filter(({ kind }) => kind === 'wrong').map(({ name }) => name);
}

/** Returns names in an order that the text decides; an additional name keeps the order of the rest. */
function drawOrder(names: readonly string[], text: string): string[] {
  const rank = (name: string) => createHash('sha256').update(`${text} ${name}`).digest('hex');
  return names
    .map((name) => ({ name, rank: rank(name) }))
    .sort((left, right) => (left.rank < right.rank ? -1 : 1))
    .map(({ name }) => name);
}
