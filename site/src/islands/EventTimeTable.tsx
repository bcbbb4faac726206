import { runTime, timeOfDay } from '../client/event-clock.ts';
import type { EventTime } from '../client/event-time.ts';
import type { EventWindow } from '../client/event-windows.ts';
import { lateWords } from '../client/late-words.ts';
import { ScrollRegion } from './ScrollRegion.tsx';

/** Most records listed: the newest. */
const RECORDS_SHOWN = 300;

/** The chart's data as tables, for screen readers and for anyone who prefers tables. */
export function EventTimeTable({ chart, topic }: { chart: EventTime; topic: string }) {
  const newest = chart.points.slice(-RECORDS_SHOWN);
  const hasKeys = (chart.window?.keys.length ?? 0) > 0;
  return (
    <ScrollRegion className="timetable" label="Windows and records as tables">
      {chart.window !== null && (
        <table className="tbl">
          <caption>Windows</caption>
          <thead>
            <tr>
              {hasKeys && <th>{chart.window?.keys.join(', ')}</th>}
              <th>from</th>
              <th>to</th>
              <th className="num">rows</th>
              <th>closed</th>
            </tr>
          </thead>
          <tbody>
            {chart.windows.map((window) => (
              <tr key={`${window.key} ${window.startMs} ${window.endMs}`}>
                {hasKeys && <td>{window.key}</td>}
                <td>{timeOfDay(window.startMs)}</td>
                <td>{timeOfDay(window.endMs)}</td>
                <td className="num">{window.rows}</td>
                <td>{closedWords(window)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <table className="tbl">
        <caption>
          Records of {topic} by arrival{newest.length < chart.points.length ? `, the last ${newest.length}` : ''}
        </caption>
        <thead>
          <tr>
            <th>arrival</th>
            <th>event time</th>
            <th className="num">partition</th>
            <th className="num">offset</th>
            <th>key</th>
            <th>late</th>
          </tr>
        </thead>
        <tbody>
          {newest.map((point) => (
            <tr key={`${point.record.partition} ${point.record.offset}`}>
              <td>{point.arrival < 0 ? 'before the run' : runTime(point.arrival)}</td>
              <td>{timeOfDay(point.eventMs)}</td>
              <td className="num">{point.record.partition}</td>
              <td className="num">{point.record.offset}</td>
              <td>{point.record.key ?? <i className="none">no key</i>}</td>
              <td>{point.lateAfter === null ? '' : `${lateWords(point)} after its window closed, not counted`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function closedWords({ closedAt }: EventWindow): string {
  if (closedAt === null) return 'open';
  return closedAt < 0 ? 'while reading earlier records' : `at ${runTime(closedAt)}`;
}
