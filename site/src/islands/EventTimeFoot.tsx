import { runTime, timeOfDay } from '../client/event-clock.ts';
import type { WindowedPoint } from '../client/event-time.ts';
import type { Colouring } from '../client/job-lens.ts';

const VALUES_SHOWN = 6;

interface Props {
  colours: Colouring;
  /** The selected record. */
  at: WindowedPoint | null;
}

/** Below the chart: the selected record, else what the colours mean. */
export function EventTimeFoot({ colours: { by, values }, at }: Props) {
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
        </>
      )}
    </div>
  );
}

/** Returns `p0 offset 12  sensor hall-3  08:01:04, stored before the run  late, not counted`. */
function pointLine({ record, eventMs, arrival, late }: WindowedPoint, by: string | null): string {
  return [
    `p${record.partition} offset ${record.offset}`,
    ...(record.key === null ? [] : [`${by ?? 'key'} ${record.key}`]),
    `${timeOfDay(eventMs)}, ${arrival < 0 ? 'stored before the run' : `arrived at ${runTime(arrival)}`}`,
    ...(late ? ['late, not counted'] : []),
  ].join('  ');
}
