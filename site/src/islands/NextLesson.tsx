import { counted } from '#lessons/counted.ts';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { useExercise } from './use-exercise.ts';

/** The lesson to go on with, in its own words, and others that are ready. */
export function NextLesson({ plan }: { plan: ExercisePlan }) {
  const next = useExercise(plan, (state) => state.next);
  if (next === null) {
    return (
      <section className="next-lesson">
        <p className="t">{plan.next?.title ?? 'All lessons'}</p>
        <p className="acts">
          <a className="btn main" href={plan.next?.href ?? '/'}>
            Go on
          </a>
        </p>
      </section>
    );
  }
  if (next.kind === 'done') {
    return (
      <section className="next-lesson">
        <p className="t">You have passed every lesson</p>
        <p>Open any of them again: your code and reports are kept, and a check brings other data.</p>
        <p className="acts">
          <a className="btn main" href="/">
            All lessons
          </a>
        </p>
      </section>
    );
  }
  const { lesson, also } = next;
  return (
    <section className="next-lesson">
      <p className="label">Next in {lesson.module}</p>
      <p className="t">{lesson.name}</p>
      <p>{lesson.summary}</p>
      <p className="note">
        {lesson.language}, about {counted(lesson.minutes, 'minute')}.{also.length > 0 && ' Also ready: '}
        {also.map(({ id, name }, place) => (
          <span key={id}>
            {place > 0 && ', '}
            <a href={`/lessons/${id}/`}>{name}</a>
          </span>
        ))}
        {also.length > 0 && '.'}
      </p>
      <p className="acts">
        <a className="btn main" href={`/lessons/${lesson.id}/`}>
          Begin {lesson.mark}
        </a>
        <a className="btn" href="/">
          All lessons
        </a>
      </p>
    </section>
  );
}
