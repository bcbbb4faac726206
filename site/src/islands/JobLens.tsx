import { useMemo, useState } from 'react';
import type { SqlStatement } from '#sandbox/protocol/sql.ts';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { entryNames, entryShown, jobEntries } from '../client/job-lens.ts';
import { jobState } from '../client/jobs-state.ts';
import { noJob } from '../client/lens-words.ts';
import { isRunUnderWay } from '../client/run-state.ts';
import { sqlResults } from '../client/sql-state.ts';
import { BreakBar, BreakProblem } from './BreakBar.tsx';
import { JobBody, type JobFacts } from './JobBody.tsx';
import { JobOutput } from './JobOutput.tsx';
import { JobPlan } from './JobPlan.tsx';
import { useActions, useExercise } from './use-exercise.ts';
import { useSqlText } from './use-sql-text.ts';

interface Props {
  plan: ExercisePlan;
  view: 'job' | 'plan';
  onView: (view: 'job' | 'plan' | 'log') => void;
}

const VIEWS = { job: 'Job', plan: 'Plan', log: 'Log' } as const;

/** The jobs of a run: which one, its state, and what it does. */
export function JobLens({ plan, view, onView }: Props) {
  const actions = useActions();
  const lens = useExercise(plan, (state) => state.lens);
  const run = useExercise(plan, (state) => state.run);
  const sql = useSqlText(plan);
  const [facts, setFacts] = useState<JobFacts | null>(null);
  const { jobs, picked } = lens.jobs;
  const entries = useMemo(() => jobEntries(jobs, lens.runId === run.runId ? sqlResults(run.sql) : []), [jobs, lens.runId, run]);
  const entry = entryShown(entries, picked?.statement ?? null);
  const job = entry?.job ?? null;
  // Another view of the job shows it as it is.
  const then = view === 'job' ? (facts?.then ?? null) : null;
  const state = job && jobState(then === null ? job.state : (facts?.state ?? job.state));
  const statement = run.sql.statements.find(({ index }) => index === entry?.statement);

  return (
    <section className="lens job" id="lens" aria-labelledby="lens-title">
      <div className="lenshead">
        <h2 id="lens-title">Lens</h2>
        {entries.length > 1 && (
          <fieldset className="lenstopics" aria-label="Jobs">
            {entryNames(entries, run.sql.statements, sql).map(({ entry: { statement: index }, name }) => (
              <button
                key={index}
                type="button"
                className="tab file"
                aria-current={index === entry?.statement}
                onClick={() => actions?.showStatement(index)}
              >
                {name}
              </button>
            ))}
          </fieldset>
        )}
        {state && <JobState {...state} tone={then !== null && state.tone === 'moving' ? 'settled' : state.tone} />}
        {then !== null && <span className="then">{then}</span>}
        <span className="note facts">
          {state?.tone === 'failed' && then === null ? whyFailed(statement) : job ? facts?.words : ''}
        </span>
        <span className="grow" />
        <BreakBar plan={plan} statement={entry?.statement ?? null} />
        <fieldset className="lensviews" aria-label="View">
          {(['job', 'plan', 'log'] as const).map((name) => (
            <button
              key={name}
              type="button"
              className="tab"
              data-view={name}
              aria-current={name === view}
              onClick={() => onView(name)}
            >
              {VIEWS[name]}
            </button>
          ))}
        </fieldset>
      </div>
      <BreakProblem plan={plan} />
      {job && view === 'plan' && <JobPlan job={job} />}
      {job && view === 'job' && (
        <JobBody
          key={job.jobId}
          {...{ job, lens, run, sql, onFacts: setFacts }}
          live={jobState(job.state).tone === 'moving' && isRunUnderWay(run)}
          needRecords={actions?.needRecords}
        />
      )}
      {!job && entry?.result && <JobOutput result={entry.result} />}
      {!job && !entry?.result && (
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
