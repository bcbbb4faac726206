import { counted } from '#lessons/counted.ts';
import { checkKey, type TextKey } from '../client/compare-texts.ts';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { numberOfCheck } from '../client/passed-words.ts';
import { clockMinutes } from '../client/words.ts';
import { useActions, useExercise } from './use-exercise.ts';

/** More are under Earlier checks. */
const MOST = 6;

interface Props {
  plan: ExercisePlan;
  /** The check that stands beside the solution. */
  compared: TextKey;
  onCompare: (key: TextKey) => void;
}

/** The checks of this lesson, newest first: each can stand beside the solution, and be put back into the editor. */
export function EarlierTable({ plan, compared, onCompare }: Props) {
  const actions = useActions();
  const earlier = useExercise(plan, (state) => state.earlier);
  const texts = useExercise(plan, (state) => state.texts);
  const isLost = useExercise(plan, (state) => state.lostAt !== null);
  const shown = earlier.filter(({ result }) => result === 'pass' || result === 'fail').slice(0, MOST);
  const more = earlier.length - shown.length;
  return (
    <section>
      <h2>Earlier submissions</h2>
      <table className="tbl">
        <thead>
          <tr>
            <th className="num">check</th>
            <th>time</th>
            <th>passed</th>
            <th>
              <span className="sr">What to do with its code</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ submissionId, submittedAt, score }) => {
            const number = numberOfCheck(submissionId, earlier);
            const key = checkKey(submissionId);
            return (
              <tr key={submissionId} className={key === compared ? 'here' : undefined}>
                <td className="num">{number}</td>
                <td>{clockMinutes(Date.parse(submittedAt))}</td>
                <td>
                  {Math.round((score ?? 0) * plan.checks.length)} of {plan.checks.length}
                </td>
                <td className="num">
                  <button type="button" className="unfold" aria-pressed={key === compared} onClick={() => onCompare(key)}>
                    Compare<span className="sr"> check {number}</span>
                  </button>{' '}
                  <button
                    type="button"
                    className="unfold"
                    disabled={isLost && !texts[key]}
                    onClick={() => void actions?.restoreText(key)}
                  >
                    Restore<span className="sr"> check {number}</span>
                  </button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {isLost && <p className="note">The server is not responding. What is not here yet can be restored once it is back.</p>}
      <p className="note">
        Restore puts that code into the editor; what is there now is kept under Earlier checks
        {more > 0 && `, with ${counted(more, 'more check')}`}.
      </p>
    </section>
  );
}
