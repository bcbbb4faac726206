import { useState } from 'react';
import type { SqlStatement } from '#sandbox/protocol/sql.ts';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { jobNames, jobShown } from '../client/job-lens.ts';
import { jobState } from '../client/jobs-state.ts';
import { noJob } from '../client/lens-words.ts';
import { isRunUnderWay } from '../client/run-state.ts';
import { JobBody } from './JobBody.tsx';
import { useActions, useExercise } from './use-exercise.ts';
import { useSqlText } from './use-sql-text.ts';

/** The jobs of a run: which one, its state, and what it does. */
export function JobLens({ plan, onLog }: { plan: ExercisePlan; onLog: () => void }) {
  const actions = useActions();
  const lens = useExercise(plan, (state) => state.lens);
  const run = useExercise(plan, (state) => state.run);
  const sql = useSqlText(plan);
  const [picked, setPicked] = useState<string | null>(null);
  const [facts, setFacts] = useState('');
  const { jobs } = lens.jobs;
  const job = jobShown(jobs, picked);
  const state = job && jobState(job.state);
  const statement = run.sql.statements.find(({ index }) => index === job?.statement);

  return (
    <section className="lens job" id="lens" aria-labelledby="lens-title">
      <div className="lenshead">
        <h2 id="lens-title">Lens</h2>
        {jobs.length > 1 && (
          <fieldset className="lenstopics" aria-label="Jobs">
            {jobNames(jobs, run.sql.statements, sql).map(({ job: { jobId }, name }) => (
              <button
                key={jobId}
                type="button"
                className="tab file"
                aria-current={jobId === job?.jobId}
                onClick={() => setPicked(jobId)}
              >
                {name}
              </button>
            ))}
          </fieldset>
        )}
        {state && <JobState {...state} />}
        <span className="note facts">{state?.tone === 'failed' ? whyFailed(statement) : job ? facts : ''}</span>
        <span className="grow" />
        <fieldset className="lensviews" aria-label="View">
          <button type="button" className="tab" data-view="job" aria-current={true}>
            Job
          </button>
          <button type="button" className="tab" data-view="log" aria-current={false} onClick={onLog}>
            Log
          </button>
        </fieldset>
      </div>
      {job ? (
        <JobBody
          key={job.jobId}
          {...{ job, lens, run, sql, onFacts: setFacts }}
          live={state?.tone === 'moving' && isRunUnderWay(run)}
          needRecords={actions?.needRecords}
        />
      ) : (
        <div className="lensempty">
          <p className="note">{noJob(run, plan.editable.length > 1)}</p>
        </div>
      )}
    </section>
  );
}

function JobState({ words, tone }: ReturnType<typeof jobState>) {
  if (tone === 'moving') {
    return (
      <span className="live">
        <span className="pen" aria-hidden="true" />
        {words}
      </span>
    );
  }
  return <span className={`jobstate ${tone}`}>{words}</span>;
}

/** Returns one line; the output shows the whole error. */
function whyFailed(statement: SqlStatement | undefined): string {
  if (!statement?.error) return 'Flink has not reported why yet.';
  return `${statement.file} line ${statement.range.line}: ${statement.error.message}`;
}
