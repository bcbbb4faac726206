import { attemptsLeft } from '../client/attempts.ts';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { limitsInWords } from '../client/limits-words.ts';
import { isRunUnderWay } from '../client/run-state.ts';
import { isGradingUnderWay } from '../client/submission-state.ts';
import { waited } from '../client/words.ts';
import { useActions, useExercise } from './use-exercise.ts';
import { useNow } from './use-now.ts';

/** Run or Stop, Check, and what each of them means. */
export function RunBar({ plan }: { plan: ExercisePlan }) {
  const actions = useActions();
  const run = useExercise(plan, (state) => state.run);
  const grading = useExercise(plan, (state) => isGradingUnderWay(state.submission));
  const limits = useExercise(plan, (state) => state.limits);
  const attempts = useExercise(plan, (state) => state.attempts);
  const underWay = isRunUnderWay(run);
  const goesOn = plan.language.goesOn && run.status === 'running' && run.startedAt !== null;
  const isLow = attempts !== null && attempts.left <= 3;
  const now = useNow(goesOn || isLow);
  const running = goesOn && now > 0 ? `running ${waited(run.startedAt ?? now, now)}` : null;
  const { isNone } = attemptsLeft(attempts, now);
  // A button that is disabled by its own press would lose the focus.
  const canStop = run.runId !== null && run.status !== 'stopping';
  return (
    <div className="runbar">
      <span className="note what">{running ?? 'Run shows. Check judges.'}</span>
      {underWay ? (
        <button type="button" className="btn run-button" aria-disabled={!canStop} onClick={() => canStop && void actions?.stop()}>
          {run.status === 'stopping' ? 'Stopping' : 'Stop'}
        </button>
      ) : (
        <button
          type="button"
          className="btn run-button"
          data-command="run"
          title={limits ? limitsInWords(plan, limits) : undefined}
        >
          Run <kbd className="hide-s">Ctrl ↵</kbd>
        </button>
      )}
      <button type="button" className="btn main" data-command="check" aria-disabled={grading || isNone}>
        Check <kbd className="hide-s">Ctrl ⇧ ↵</kbd>
      </button>
    </div>
  );
}
