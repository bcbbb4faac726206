import { runTime, timeOfDay } from '../client/event-clock.ts';
import type { WindowedPoint } from '../client/event-windows.ts';
import type { Colouring } from '../client/job-lens.ts';
import { lateWords } from '../client/late-words.ts';

const VALUES_SHOWN = 6;
/** Late records that are named: the newest. */
const LATE_SHOWN = 3;

interface Props {
  colours: Colouring;
  /** The selected record. */
  at: WindowedPoint | null;
  /** Records of the visible part. */
  points: readonly WindowedPoint[];
}

/** Below the chart: the selected record, else what the colours mean. */
export function EventTimeFoot({ colours: { by, values }, at, points }: Props) {
  const late = points.filter(({ lateAfter }) => lateAfter !== null);
  return (
    <div className="legend note">
      <span className={`pointed data ${at ? '' : 'sr'}`} role="status">
        {at ? pointLine(at, by) : ''}
      </span>
      {!at && (
        <>
          {by !== null && (
            <span className="nowrap">
              Colour by <b className="strong">{by}</b>
            </span>
          )}
          <span className="chips">
            {values.slice(0, VALUES_SHOWN).map((value, place) => (
              <span key={value} className={`chip k${place + 1}`}>
                {value}
              </span>
            ))}
          </span>
          {values.length > VALUES_SHOWN && <span className="nowrap">{values.length - VALUES_SHOWN} more, outlined</span>}
          {late.length > 0 && (
            <span className="lates">
              late and dropped: {late.length > LATE_SHOWN && `${late.length - LATE_SHOWN} more, `}
              {late
                .slice(-LATE_SHOWN)
                .map((point) => `${timeOfDay(point.eventMs)} by ${lateWords(point)}`)
                .join(', ')}
            </span>
          )}
        </>
      )}
    </div>
  );
}

/** Returns `p0 offset 12  sensor hall-3  08:01:04, arrived at 0:12  late by 6 s, not counted`. */
function pointLine(point: WindowedPoint, by: string | null): string {
  const { record, eventMs, arrival, lateAfter } = point;
  return [
    `p${record.partition} offset ${record.offset}`,
    ...(record.key === null ? [] : [`${by ?? 'key'} ${record.key}`]),
    `${timeOfDay(eventMs)}, ${arrival < 0 ? 'stored before the run' : `arrived at ${runTime(arrival)}`}`,
    ...(lateAfter === null ? [] : [`late by ${lateWords(point)}, not counted`]),
  ].join('  ');
}
