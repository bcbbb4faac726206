import { counted } from '#lessons/counted.ts';
import { visible } from '#lessons/visible.ts';
import type { SqlStatement } from '#sandbox/protocol/sql.ts';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { isDrawnInLens } from '../client/job-lens.ts';
import { limitsInWords } from '../client/limits-words.ts';
import { isRunUnderWay, type RunView } from '../client/run-state.ts';
import { type SqlResult as Rows, sqlResults } from '../client/sql-state.ts';
import { listed, rangeInWords, statementState, statementText } from '../client/sql-statements.ts';
import { endOfRun } from '../client/words.ts';
import { RunFault } from './RunFault.tsx';
import { ScrollRegion } from './ScrollRegion.tsx';
import { SqlResult } from './SqlResult.tsx';
import { useActions, useExercise } from './use-exercise.ts';
import { useNow } from './use-now.ts';

/** The statements of the last run and their states. The rows of queries are in the lens; those of EXPLAIN, SHOW and the like are here. */
export function SqlOutput({ plan }: { plan: ExercisePlan }) {
  const run = useExercise(plan, (state) => state.run);
  const limits = useExercise(plan, (state) => state.limits);
  const problem = useExercise(plan, (state) => state.sandboxProblem);
  const now = useNow(isRunUnderWay(run));
  const results = sqlResults(run.sql);
  const drawn = results.filter((result) => !isDrawnInLens(result));
  const countOf = ({ index, changeCount }: SqlStatement) =>
    results.find(({ statement }) => statement.index === index)?.count ?? changeCount;
  return (
    <ScrollRegion className="out sql" label="Output">
      {run.status === 'none' && (
        <p className="note">
          {problem ? (
            <>
              No sandbox yet: {problem.message} {problem.hint}
            </>
          ) : (
            'Nothing has run yet. Run sends your statements to Flink, with the same data each time; the rows of a query appear in the lens until you stop it.'
          )}
        </p>
      )}
      {run.status === 'none' && limits && <p className="note">{limitsInWords(plan, limits)}</p>}
      {run.sql.statements.length > 0 && (
        <ol className="statements">
          {listed(run.sql.statements, plan.editable).map((line) =>
            'statement' in line ? (
              <Statement
                key={line.statement.index}
                {...{ plan, run, now }}
                statement={line.statement}
                count={countOf(line.statement)}
                inLens={line.statement.jobId !== null}
              />
            ) : (
              <li key={line.file} className="statement">
                <span className="at">{line.file}</span>
                <span className="what" />
                <span className="how">{counted(line.finished, 'statement')} accepted</span>
              </li>
            ),
          )}
        </ol>
      )}
      {run.status === 'finished' && (
        <p className="ended">
          <b className={isWell(run) ? undefined : 'bad'}>{run.result ? endOfRun(run.result) : 'ended'}</b>
        </p>
      )}
      <RunFault run={run} />
      {drawn.map((result) => (
        <Result key={`${run.runId} ${result.statement.index}`} result={result} isOne={drawn.length === 1} />
      ))}
    </ScrollRegion>
  );
}

function Result({ result, isOne }: { result: Rows; isOne: boolean }) {
  const { statement, changes, first, count, table } = result;
  return (
    <section className="result" aria-label={`Result of line ${statement.range.line}`}>
      {!isOne && (
        <h2>
          {statement.file}, line {statement.range.line}
        </h2>
      )}
      <SqlResult columns={statement.columns.map(({ name }) => name)} {...{ changes, first, count, table }} />
    </section>
  );
}

function isWell({ result }: RunView): boolean {
  return result?.kind === 'sql-finished' || result?.kind === 'cancelled';
}

interface StatementProps {
  plan: ExercisePlan;
  run: RunView;
  now: number;
  statement: SqlStatement;
  /** Changes so far. */
  count: number;
  /** Whether the lens draws its job and its rows. */
  inLens: boolean;
}

/** One line, and below it the error. */
function Statement({ plan, run, now, statement, count, inLens }: StatementProps) {
  const actions = useActions();
  const readOnlyFiles = useExercise(plan, (state) => state.readOnlyFiles);
  const { file, range, status, error } = statement;
  const text = visible(statementText({ ...readOnlyFiles, ...run.files }, statement));
  const jump = () => actions?.reveal(file, error?.range ?? range);
  const place = error && rangeInWords(error);
  return (
    <li className="statement">
      <button type="button" className="at unfold" onClick={jump}>
        {plan.editable.length > 1 || !plan.editable.includes(file) ? `${file} ` : ''}line {range.line}
      </button>
      <span className="what">{text}</span>
      <span className={`how ${status === 'running' ? 'live' : status === 'failed' ? 'bad' : ''}`}>
        {status === 'running' && <span className="pen" aria-hidden="true" />}
        {statementState(statement, { count, now, startedAt: run.startedAt })}
        {inLens && (
          <>
            {' '}
            {/* biome-ignore lint/a11y/useValidAnchor: it leads to the lens, which shows the statement then */}
            <a href="#lens" onClick={() => actions?.showStatement(statement.index)}>
              in the lens
            </a>
          </>
        )}
      </span>
      {error && (
        <div className="why">
          {error.message}{' '}
          {place && (
            <button type="button" className="unfold" onClick={jump}>
              {place}
            </button>
          )}
        </div>
      )}
    </li>
  );
}
