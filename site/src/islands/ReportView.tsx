import { counted } from '#lessons/counted.ts';
import type { Report } from '#sandbox/protocol/report.ts';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { duration } from '../client/words.ts';
import { CheckItem } from './CheckItem.tsx';
import { Mark } from './Mark.tsx';
import { PassedSummary } from './PassedSummary.tsx';
import { ProgramEnd } from './ProgramEnd.tsx';
import { useActions } from './use-exercise.ts';

interface Props {
  plan: ExercisePlan;
  report: Report;
  /** Whether it is shown among earlier ones, where passing is not news. */
  isEarlier?: boolean;
}

/** A report: how many passed, then each check in the author's order with the first failure open. */
export function ReportView({ plan, report, isEarlier = false }: Props) {
  const actions = useActions();
  const { status, checks, seed, rounds, phases } = report;
  const tookMs = Date.parse(phases.graded) - Date.parse(phases.started);
  if (status === 'error') {
    return (
      <div className="check open">
        <Mark kind="error" />
        <b className="strong">A Streamwright error ended this check</b>
        <dl>
          <div>
            <dt>What happened</dt>
            <dd>{report.error ?? 'The server gave no details.'}</dd>
          </div>
          <div>
            <dt>What it means</dt>
            <dd>This says nothing about your program. No attempt was used.</dd>
          </div>
        </dl>
        <p className="acts">
          <button type="button" className="btn" onClick={() => void actions?.check()}>
            Check again
          </button>
        </p>
      </div>
    );
  }
  const firstFailure = checks.find((check) => check.status === 'fail');
  const passed = checks.filter((check) => check.status === 'pass').length;
  const round = firstFailure ? `round ${firstFailure.round} of ${rounds}` : counted(rounds, 'round');
  return (
    <>
      {status === 'pass' && !isEarlier && <PassedSummary plan={plan} report={report} />}
      <p className="sum">
        <b className="strong">
          {passed} of {checks.length} passed
        </b>
        <span className="note">
          {round}, {duration(tookMs)}, seed {seed}
        </span>
      </p>
      {status === 'fail' && <ProgramEnd output={report.output} />}
      {checks.map((check) => (
        <CheckItem key={check.id} plan={plan} check={check} open={check === firstFailure} />
      ))}
    </>
  );
}
