import { useState } from 'react';
import { checkKey, type TextKey } from '../client/compare-texts.ts';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import type { Passing } from '../client/exercise-state.ts';
import { numberOfCheck, passedInWords } from '../client/passed-words.ts';
import { clockMinutes } from '../client/words.ts';
import { BesideSolution } from './BesideSolution.tsx';
import { EarlierTable } from './EarlierTable.tsx';
import { ModuleLane } from './ModuleLane.tsx';
import { NextLesson } from './NextLesson.tsx';
import { Proven } from './Proven.tsx';
import { useActions, useExercise } from './use-exercise.ts';

/** What was proven and with what effort, the program beside a solution, what comes next, and what was tried before. */
export function PassedPage({ plan, passing: { report, isNews } }: { plan: ExercisePlan; passing: Passing }) {
  const actions = useActions();
  const earlier = useExercise(plan, (state) => state.earlier);
  const startedAt = useExercise(plan, (state) => state.progress?.startedAt ?? null);
  const own = checkKey(report.submissionId);
  const [compared, setCompared] = useState<TextKey>(own);
  const lesson = actions?.course().find(({ id }) => id === plan.lesson);
  const number = earlier.find(({ submissionId }) => checkKey(submissionId) === compared);
  const check = number ? numberOfCheck(number.submissionId, earlier) : numberOfCheck(report.submissionId, earlier);
  return (
    <div className="passed-page">
      <div className="passed-main">
        <ModuleLane plan={plan} isNews={isNews} />
        <h1>
          {lesson?.title}: passed at {clockMinutes(Date.parse(report.phases.graded))}
        </h1>
        <p className="lead">{passedInWords(report, earlier, startedAt)}</p>
        <Proven report={report} check={numberOfCheck(report.submissionId, earlier)} />
        <BesideSolution plan={plan} of={compared} name={check === null ? 'Yours' : `Yours, check ${check}`} />
      </div>
      <aside className="passed-side" aria-label="Next">
        <NextLesson plan={plan} />
        <EarlierTable plan={plan} compared={compared} onCompare={setCompared} />
      </aside>
    </div>
  );
}
