import type { Report } from '#sandbox/protocol/report.ts';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { passedInWords } from '../client/passed-words.ts';
import { clockMinutes } from '../client/words.ts';
import { useExercise } from './use-exercise.ts';

/** Says that the lesson is passed, by which effort, and leads to the next one. */
export function PassedSummary({ plan, report }: { plan: ExercisePlan; report: Report }) {
  const earlier = useExercise(plan, (state) => state.earlier);
  return (
    <div className="passed">
      <h2>Passed at {clockMinutes(Date.parse(report.phases.graded))}</h2>
      <p className="lead">{passedInWords(report, earlier)}</p>
      <Onward plan={plan} />
      <h3>What was proven</h3>
    </div>
  );
}

function Onward({ plan }: { plan: ExercisePlan }) {
  const next = useExercise(plan, (state) => state.next);
  if (next?.kind === 'done') {
    return (
      <p className="onward">
        <a className="btn main" href="/">
          All lessons
        </a>
        <span className="note">You have passed every lesson.</span>
      </p>
    );
  }
  const lesson = next && { href: `/lessons/${next.lesson.id}/`, title: next.lesson.name };
  const shown = lesson ?? plan.next ?? { href: '/', title: 'All lessons' };
  return (
    <p className="onward">
      <a className="btn main" href={shown.href}>
        {shown.title} <span aria-hidden="true">→</span>
      </a>
      {next && <span className="note">{next.lesson.minutes} minutes.</span>}
      {next && next.also.length > 0 && (
        <span className="note">
          Also ready:{' '}
          {next.also.map(({ id, name }, place) => (
            <span key={id}>
              {place > 0 && ', '}
              <a href={`/lessons/${id}/`}>{name}</a>
            </span>
          ))}
          .
        </span>
      )}
    </p>
  );
}
