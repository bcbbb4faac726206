import { useMemo } from 'react';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { readSqlText, type SqlText } from '../client/sql-text.ts';
import { useActions, useExercise } from './use-exercise.ts';

/** Returns the SQL of the run that the lens shows, read-only files first; after a reload, the learner's current text. */
export function useSqlText(plan: ExercisePlan): SqlText {
  const actions = useActions();
  const runId = useExercise(plan, (state) => state.lens.runId);
  const files = useExercise(plan, (state) => state.run.files);
  const readOnly = useExercise(plan, (state) => state.readOnlyFiles);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a different run may have a different text
  return useMemo(
    () => readSqlText([...Object.values(readOnly ?? {}), ...Object.values(files ?? actions?.drafts.files() ?? {})]),
    [runId, files, readOnly, actions],
  );
}
