import type { LensJob, LensOperator } from '#sandbox/protocol/lens.ts';
import { watermarkOf, watermarkWords } from '../client/event-clock.ts';
import { heldBackBy } from '../client/event-time.ts';
import { inFlow, sourceWatermark } from '../client/jobs-state.ts';
import { axisOf, type WatermarkAxis } from '../client/watermark-axis.ts';
import { ScrollRegion } from './ScrollRegion.tsx';

interface Props {
  job: LensJob;
  live: boolean;
  /** Whether the job's source has an event time, so each operator shows its watermark. */
  withTime: boolean;
  /** Whether it writes to a topic; the rows of a query are shown. */
  writes: boolean;
}

/** The operators of a job in flow order; the arrow between two shows the kinds of change that it carries. */
export function JobStrip({ job, live, withTime, writes }: Props) {
  const operators = inFlow(job.operators);
  const axis = axisOf(operators);
  return (
    <ScrollRegion className="jobstrip" label="Operators of the job">
      <ol className={`ops ${withTime ? 'timed' : ''}`}>
        {operators.map((operator, place) => (
          <Operator
            key={operator.id}
            {...{ operator, live, withTime, axis, writes }}
            isEnd={operator.inputs.length > 0 && !operators.some(({ inputs }) => inputs.includes(operator.id))}
            from={operator.inputs.length > 1 ? namesOf(operator.inputs, operators) : null}
            arrow={operators[place + 1]?.inputs.includes(operator.id) ?? false}
          />
        ))}
      </ol>
    </ScrollRegion>
  );
}

interface OperatorProps extends Omit<Props, 'job'> {
  operator: LensOperator;
  axis: WatermarkAxis | null;
  /** Names of its inputs, when there are several. */
  from: string | null;
  /** Whether it feeds the next one. */
  arrow: boolean;
  /** Whether it feeds none: what it takes in leaves the job. */
  isEnd: boolean;
}

function Operator({ operator, live, withTime, axis, from, arrow, isEnd, writes }: OperatorProps) {
  const { name, detail, recordsIn, recordsOut, busyPercent, changelogMode } = operator;
  const note = from ? `from ${from}` : detail;
  return (
    <li className="oper">
      <h3 title={name}>{name}</h3>
      <p className="note" title={note}>
        {note || '\u00a0'}
      </p>
      {withTime && (
        <>
          <p className={live ? 'wm live' : 'wm'}>
            <span className="sr">watermark </span>
            {watermarkWords(sourceWatermark(operator))}
          </p>
          <Axis {...{ operator, live, axis }} />
        </>
      )}
      <dl className="io">
        <div>
          <dt>{isEnd ? (writes ? 'written' : 'shown') : 'in'}</dt>
          <dd>{recordsIn}</dd>
        </div>
        {!isEnd && (
          <div>
            <dt>out</dt>
            <dd>{recordsOut}</dd>
          </div>
        )}
        <div>
          <dt>busy</dt>
          <dd>{busyPercent === null ? '–' : `${Math.round(busyPercent)}%`}</dd>
        </div>
      </dl>
      {arrow && (
        <span className="mode data">
          <span className="sr">emits </span>
          {changelogMode?.replaceAll('-', '−') ?? '\u00a0'}
        </span>
      )}
    </li>
  );
}

/** A small axis of event time: the watermark, and for a source that of each partition. */
function Axis({ operator, live, axis }: { operator: LensOperator; live: boolean; axis: WatermarkAxis | null }) {
  const slowest = heldBackBy(operator.partitions);
  return (
    <div className="wmaxis" aria-hidden="true">
      {axis?.marks.map(({ at, big }) => (
        <i key={at} className={big ? 'tick big' : 'tick'} style={{ '--at': `${axis.place(at)}%` }} />
      ))}
      {axis &&
        operator.partitions.map((partition) => {
          const at = watermarkOf(partition.watermarkMs);
          return at === null || partition === slowest ? null : (
            <i key={partition.partition} className="tick part" style={{ '--at': `${axis.place(at)}%` }} />
          );
        })}
      {axis && <Watermark at={watermarkOf(sourceWatermark(operator))} {...{ axis, live }} />}
    </div>
  );
}

function Watermark({ at, axis, live }: { at: number | null; axis: WatermarkAxis; live: boolean }) {
  if (at === null) return null;
  return <i className={live ? 'tick now moves' : 'tick now'} style={{ '--at': `${axis.place(at)}%` }} />;
}

function namesOf(ids: readonly string[], operators: readonly LensOperator[]): string {
  return ids.map((id) => operators.find((operator) => operator.id === id)?.name ?? id).join(' and ');
}
