import { useState } from 'react';
import { counted } from '#lessons/counted.ts';
import type { CheckResult, Evidence, RecordEvidence } from '#sandbox/protocol/report.ts';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { recordsOf } from '../client/lens-state.ts';
import { CodeText } from './CodeText.tsx';
import { Mark } from './Mark.tsx';
import { ScrollRegion } from './ScrollRegion.tsx';
import { useActions } from './use-exercise.ts';

/** Rows of evidence shown at first. */
const FIRST_ROWS = 4;

type Failed = Extract<CheckResult, { status: 'fail' }>;

/** One check of a report: a line, or all details of a failure. */
export function CheckItem({ plan, check, open }: { plan: ExercisePlan; check: CheckResult; open: boolean }) {
  const [unfolded, setUnfolded] = useState(open);
  if (check.status === 'pass') {
    return (
      <div className="check">
        <Mark kind="pass" />
        <span>{check.title}</span>
      </div>
    );
  }
  if (check.status === 'skipped') {
    return (
      <div className="check">
        <Mark kind="unjudged" />
        <span>{check.title}</span>
        <span className="note">{whatItNeeds(plan, check)}</span>
      </div>
    );
  }
  if (!unfolded) {
    return (
      <div className="check">
        <Mark kind="fail" />
        <button type="button" className="unfold" aria-expanded={false} onClick={() => setUnfolded(true)}>
          {check.title}
        </button>
      </div>
    );
  }
  return <Failure plan={plan} check={check} />;
}

function Failure({ plan, check }: { plan: ExercisePlan; check: Failed }) {
  const actions = useActions();
  const [all, setAll] = useState(false);
  const rows = all ? check.evidence : check.evidence.slice(0, FIRST_ROWS);
  const more = check.evidence.length - rows.length;
  const showInLens = () => {
    actions?.showEvidence(check);
    document.getElementById('lens')?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <div className="check open">
      <Mark kind="fail" />
      <b className="strong">{check.title}</b>
      <dl>
        <div>
          <dt>Observed</dt>
          <dd>
            <CodeText text={check.message} />
          </dd>
        </div>
        <div>
          <dt>Expected</dt>
          <dd>
            <CodeText text={check.expected} />
          </dd>
        </div>
        {check.question && (
          <div>
            <dt>Question</dt>
            <dd className="q">
              <CodeText text={check.question} />
            </dd>
          </div>
        )}
      </dl>
      {rows.length > 0 && <EvidenceTables rows={rows} />}
      <p className="acts">
        {recordsOf(check.evidence).length > 0 && (
          <button type="button" className="btn" onClick={showInLens}>
            Show in lens
          </button>
        )}
        {more > 0 && (
          <button type="button" className="btn bare" onClick={() => setAll(true)}>
            {counted(more, 'more record')}
          </button>
        )}
        {check.diagnosis && (
          <a className="label diagnosis" href={`/diagnoses/${check.diagnosis.toLowerCase().replaceAll('_', '-')}/`}>
            {plan.diagnoses[check.diagnosis] ?? 'Possible cause'}
          </a>
        )}
      </p>
    </div>
  );
}

/** A table for each kind of evidence that is there. */
function EvidenceTables({ rows }: { rows: readonly Evidence[] }) {
  const records = recordsOf(rows);
  return records.length > 0 && <RecordTable rows={records} />;
}

function RecordTable({ rows }: { rows: readonly RecordEvidence[] }) {
  const topics = [...new Set(rows.map(({ topic }) => topic))];
  const expected = [...new Set(rows.map((row) => row.expected))];
  // The caption shows what all rows share.
  const said = [
    ...(topics.length === 1 ? [`in ${topics[0]}`] : []),
    ...(expected.length === 1 ? [`expected: ${expected[0]}`] : []),
  ];
  return (
    <ScrollRegion className="evidence" label="Evidence">
      <table className="tbl">
        <caption>{said.join(', ') || 'Evidence'}</caption>
        <thead>
          <tr>
            {topics.length > 1 && <th>topic</th>}
            <th className="num">partition</th>
            <th className="num">offset</th>
            <th>key</th>
            <th>observed</th>
            {expected.length > 1 && <th>expected</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.topic} ${row.partition} ${row.offset}`}>
              {topics.length > 1 && <td>{row.topic}</td>}
              <td className="num">{row.partition}</td>
              <td className="num">{row.offset}</td>
              <td>{row.key ?? <i className="none">no key</i>}</td>
              <td className="wraps">{row.observed}</td>
              {expected.length > 1 && <td className="wraps">{row.expected}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function whatItNeeds(plan: ExercisePlan, { id, needs }: Extract<CheckResult, { status: 'skipped' }>): string {
  if (needs === null) return 'Skipped: the checks before it ended the round.';
  const place = (check: string) => plan.checks.findIndex((known) => known.id === check);
  if (place(needs) === place(id) - 1) return 'Skipped: it needs the check above.';
  return `Skipped: it needs "${plan.checks[place(needs)]?.title ?? needs}".`;
}
