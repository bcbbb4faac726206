import type { MemberBar, MembersOverTime } from '../client/group-history.ts';
import { clockOf } from '../client/record-text.ts';
import { type Moment, shareOf, type TimeAxis, ticksOf } from '../client/time-axis.ts';

interface Props {
  groupName: string;
  over: MembersOverTime;
  axis: TimeAxis;
  moment: Moment;
}

const TICKS = 8;

/** Who was in the group, and what each owned: a row a member, on the axis of the scrubber. */
export function MembersPanel({ groupName, over, axis, moment }: Props) {
  const at = moment ?? axis.to;
  const left = (timeMs: number) => `${shareOf(axis, timeMs) * 100}%`;
  const { stepMs, at: ticks } = ticksOf(axis, TICKS);
  const isFine = stepMs < 1_000;
  return (
    <section className="members" aria-label={`Members of the group ${groupName} over time`}>
      <div className="memberrow axisrow" aria-hidden="true">
        <span className="tn" />
        <div className="track">
          {ticks.map((tick) => (
            <span key={tick} className="tick" style={{ left: left(tick) }}>
              {clockOf(tick).slice(0, isFine ? 10 : 8)}
            </span>
          ))}
        </div>
      </div>
      {over.rows.map(({ id, name, bars, leftAt, waiting }) => (
        <div className="memberrow" key={id}>
          <span className="tn">{name}</span>
          <div className="track">
            {over.generations.map(({ at: began, number }) => (
              <i key={began} className="gen" style={{ left: left(began) }} title={`generation ${number}`} />
            ))}
            {bars.map((bar) => (
              <Bar key={bar.from} {...{ bar, axis, at }} />
            ))}
            {waiting && (
              <span
                className="bar waits"
                style={{
                  left: left(waiting.from),
                  width: `${(shareOf(axis, waiting.to ?? axis.to) - shareOf(axis, waiting.from)) * 100}%`,
                }}
              >
                <b>
                  {waiting.partitions.map((partition) => `p${partition}`).join(' ')} {secondsOf(waiting, axis)}
                </b>
              </span>
            )}
            {leftAt !== null && <i className="gone" style={{ left: left(leftAt) }} title={`${name} left`} />}
            <i className="head" style={{ left: left(at) }} />
          </div>
        </div>
      ))}
    </section>
  );
}

/** What lies before the moment shown is filled, what comes after it is outlined. */
function Bar({ bar, axis, at }: { bar: MemberBar; axis: TimeAxis; at: number }) {
  const to = bar.to ?? axis.to;
  const share = (from: number, until: number) => ({
    left: `${shareOf(axis, from) * 100}%`,
    width: `${(shareOf(axis, until) - shareOf(axis, from)) * 100}%`,
  });
  const words = bar.partitions.map((partition) => `p${partition}`).join(' ');
  const kind = bar.partitions.length === 0 ? 'bar joins' : 'bar';
  return (
    <>
      {at > bar.from && (
        <span className={kind} style={share(bar.from, Math.min(to, at))}>
          {words}
        </span>
      )}
      {at < to && (
        <span className={`${kind} after`} style={share(Math.max(bar.from, at), to)}>
          {at <= bar.from ? words : ''}
        </span>
      )}
    </>
  );
}

function secondsOf({ from, to }: MemberBar, axis: TimeAxis): string {
  return `${(((to ?? axis.to) - from) / 1_000).toFixed(1)} s`;
}
