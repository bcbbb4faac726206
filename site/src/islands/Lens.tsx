import { useState } from 'react';
import type { LensTopic } from '#sandbox/protocol/lens.ts';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { noRecords } from '../client/lens-words.ts';
import { isRunUnderWay } from '../client/run-state.ts';
import { BreakBar, BreakProblem } from './BreakBar.tsx';
import { LensBody } from './LensBody.tsx';
import { LensTable } from './LensTable.tsx';
import { useActions, useExercise } from './use-exercise.ts';

/**
 * The records on the log: the learner's own topics during and after a run, or the records that a failed check names.
 *
 * @param onJob switches to the jobs of the run, when the exercise has some
 */
export function Lens({ plan, onJob }: { plan: ExercisePlan; onJob?: () => void }) {
  const actions = useActions();
  const lens = useExercise(plan, (state) => state.lens);
  const run = useExercise(plan, (state) => state.run);
  const [asTable, setAsTable] = useState(false);
  const { evidence } = lens;
  const topics = evidence?.topics ?? lens.topics;
  const names = evidence ? topics.map(({ name }) => name) : [...new Set([...plan.topics, ...topics.map(({ name }) => name)])];
  const name = names.find((known) => known === lens.topic) ?? names[0] ?? '';
  const topic = topics.find((known) => known.name === name);
  const records = evidence?.records ?? lens.records;

  return (
    <section className={`lens lanes-${Math.min(3, plan.lanes)}`} id="lens" aria-labelledby="lens-title">
      <div className="lenshead">
        <h2 id="lens-title">Lens</h2>
        <fieldset className="lenstopics" aria-label="Topics">
          {names.map((known) => (
            <button
              key={known}
              type="button"
              className="tab file"
              aria-current={known === name}
              onClick={() => actions?.pickTopic(known)}
            >
              {known}
            </button>
          ))}
        </fieldset>
        <span className="grow" />
        <BreakBar plan={plan} topic={name} />
        {evidence && (
          <button type="button" className="btn bare" onClick={() => actions?.closeEvidence()}>
            Back to your run
          </button>
        )}
        <fieldset className="lensviews" aria-label="View">
          {onJob && (
            <button type="button" className="tab" data-view="job" aria-current={false} onClick={onJob}>
              Job
            </button>
          )}
          <button type="button" className="tab" data-view="log" aria-current={!asTable} onClick={() => setAsTable(false)}>
            Log
          </button>
          <button type="button" className="tab" aria-current={asTable} onClick={() => setAsTable(true)}>
            Table
          </button>
        </fieldset>
      </div>
      <BreakProblem plan={plan} />
      {evidence && (
        <p className="note lensnote">
          <b className="strong">{evidence.check}.</b> Records of round {evidence.round}, which ran on its own data and topics.
          Only the records that the report names are shown.
        </p>
      )}
      {topic && hasRecords(topic) ? (
        asTable ? (
          <LensTable
            key={name}
            topic={topic}
            records={records}
            groups={evidence ? [] : lens.groups.filter(({ offsets }) => offsets.some((offset) => offset.topic === name))}
            history={lens.groupHistory}
            needRecords={actions?.needRecords}
          />
        ) : (
          <LensBody
            key={`${name} ${evidence?.check ?? lens.runId}`}
            topic={topic}
            records={records}
            groups={evidence ? [] : lens.groups}
            history={evidence ? [] : lens.groupHistory}
            clockAheadMs={lens.clockAheadMs}
            breaks={evidence ? [] : run.breaks}
            live={isRunUnderWay(run) && !evidence}
            marked={evidence !== null}
            needRecords={actions?.needRecords}
          />
        )
      ) : (
        <div className="lensempty">
          <p className="note">{noRecords({ run, topic })}</p>
        </div>
      )}
    </section>
  );
}

function hasRecords(topic: LensTopic): boolean {
  return topic.partitions.some(({ start, end }) => Number(end) > Number(start));
}
