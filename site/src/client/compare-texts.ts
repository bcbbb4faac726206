/** The texts of an exercise that can be compared with each other: the editor's, those of checks and runs, replaced ones, and a solution. Pure. */
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { ExerciseState } from './exercise-state.ts';
import { KEPT_WHY } from './kept-words.ts';
import { dayAndClock } from './words.ts';

/** `editor`, `solution`, `check <submissionId>`, `run <runId>` or `kept <ms since 1970>`. */
export type TextKey = string;

export interface ComparedText {
  key: TextKey;
  /** As it is called in a list: `the editor`, `the check of 3 March, 14:03:11`. */
  name: string;
}

export const EDITOR = 'editor';
export const SOLUTION = 'solution';
export const checkKey = (submissionId: string): TextKey => `check ${submissionId}`;
export const runKey = (runId: string): TextKey => `run ${runId}`;
export const keptKey = (at: number): TextKey => `kept ${at}`;

type Known = Pick<ExerciseState, 'earlier' | 'runs' | 'drafts' | 'texts' | 'solution' | 'progress'>;

/** Returns what a text can be compared with, the editor first; the solution only for a learner who may see it. */
export function textsToCompare(
  state: Pick<Known, 'earlier' | 'runs' | 'drafts' | 'progress' | 'solution'>,
  except: TextKey,
): ComparedText[] {
  const all: ComparedText[] = [
    { key: EDITOR, name: 'the editor' },
    ...(maySeeSolution(state) ? [{ key: SOLUTION, name: 'one solution' }] : []),
    ...state.earlier.map(({ submissionId, submittedAt }) => ({
      key: checkKey(submissionId),
      name: `the check of ${dayAndClock(Date.parse(submittedAt))}`,
    })),
    ...state.runs.map(({ runId, endedAt }) => ({ key: runKey(runId), name: `the run of ${dayAndClock(Date.parse(endedAt))}` })),
    ...state.drafts.kept.map(({ at, why }) => ({ key: keptKey(at), name: `${KEPT_WHY[why].toLowerCase()}, ${dayAndClock(at)}` })),
  ];
  return all.filter(({ key }) => key !== except);
}

/** Returns whether the server would answer the solution. */
export function maySeeSolution({ progress, solution }: Pick<Known, 'progress' | 'solution'>): boolean {
  return solution !== null || (progress !== null && (progress.passedAt !== null || progress.solutionAskedAt !== null));
}

/** Returns the files behind a key; null while they are not known. */
export function textOf(state: Pick<Known, 'drafts' | 'texts' | 'solution'>, editor: Files, key: TextKey): Files | null {
  if (key === EDITOR) return editor;
  if (key === SOLUTION) return state.solution?.files ?? null;
  const kept = state.drafts.kept.find(({ at }) => keptKey(at) === key);
  return kept?.files ?? state.texts[key] ?? null;
}
