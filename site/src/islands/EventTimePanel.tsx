import { useLayoutEffect, useRef, useState } from 'react';
import type { LensOperator } from '#sandbox/protocol/lens.ts';
import { watermarkWords } from '../client/event-clock.ts';
import type { EventTime } from '../client/event-time.ts';
import { chartView } from '../client/event-time-view.ts';
import type { Colouring } from '../client/job-lens.ts';
import { partitionTimes } from '../client/partition-times.ts';
import { EventTimeChart, EventTimeRuler } from './EventTimeChart.tsx';
import { EventTimeFoot } from './EventTimeFoot.tsx';
import { EventTimeTable } from './EventTimeTable.tsx';
import { ScrollRegion } from './ScrollRegion.tsx';
import { useSize } from './use-size.ts';

/** A lower pane scrolls the chart, so that records do not lie on each other. */
const LEAST_HEIGHT = 300;
/** Nearer to its end than this, the chart keeps the newest arrivals in view. */
const AT_END = 24;

interface Props {
  chart: EventTime;
  colours: Colouring;
  /** Whether the job is running, so its watermark advances. */
  live: boolean;
  /** Time of the run. */
  nowMs: number;
  /** The source. */
  operator: LensOperator;
  topic: string;
}

/** Event time across, arrival down: the records of a job's source, the watermark, and the windows that it closed. */
export function EventTimePanel({ chart, colours, live, nowMs, operator, topic }: Props) {
  const { ref, width, height: room } = useSize();
  const height = Math.max(LEAST_HEIGHT, room);
  const scroller = useRef<HTMLElement>(null);
  const atEnd = useRef(true);
  const [asTable, setAsTable] = useState(false);
  const [endMs, setEndMs] = useState<number | null>(null);
  const [pointed, setPointed] = useState<string | null>(null);
  const view = chartView(chart, { width, endMs, nowMs });
  const place = view.points.findIndex(({ record }) => nameOf(record) === pointed);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the newest arrivals stay in view as the chart or its pane changes
  useLayoutEffect(() => {
    if (atEnd.current && scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight;
  }, [height, room, view.endMs, asTable]);

  function onKeyDown(event: React.KeyboardEvent) {
    if (event.key === 'Escape') return setPointed(null);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = view.points[place < 0 ? (step > 0 ? 0 : view.points.length - 1) : place + step];
    if (next) setPointed(nameOf(next.record));
  }

  function move(steps: number) {
    const next = view.toMs + steps * view.stepMs;
    setEndMs(steps > 0 && !chartView(chart, { width, endMs: next, nowMs }).later ? null : next);
    setPointed(null);
  }

  return (
    <section className="timepanel" aria-label="Event time">
      <header className="sub">
        <h3>Event time across, arrival down</h3>
        {operator.partitions.length === 1 && <Partitions {...{ operator, live }} />}
        <span className="grow" />
        <fieldset className="lensviews" aria-label="View">
          <button type="button" className="tab" aria-current={!asTable} onClick={() => setAsTable(false)}>
            Chart
          </button>
          <button type="button" className="tab" aria-current={asTable} onClick={() => setAsTable(true)}>
            Table
          </button>
        </fieldset>
      </header>
      {operator.partitions.length > 1 && (
        <p className="parts">
          <Partitions {...{ operator, live }} />
        </p>
      )}
      {asTable ? (
        <EventTimeTable {...{ chart, topic }} />
      ) : (
        <div className="timewell">
          {(view.earlier || view.later) && (
            <fieldset className="timemoves" aria-label="Windows">
              <button type="button" className="btn bare" disabled={!view.earlier} onClick={() => move(-1)} aria-label="Earlier">
                ‹
              </button>
              <button type="button" className="btn bare" disabled={!view.later} onClick={() => move(1)} aria-label="Later">
                ›
              </button>
            </fieldset>
          )}
          <ScrollRegion
            ref={(element) => {
              ref(element);
              scroller.current = element;
            }}
            onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
              atEnd.current = scrollTop + clientHeight >= scrollHeight - AT_END;
            }}
            className="timechart"
            label="Records by event time and arrival. Arrow keys move between records; Table lists them."
            onKeyDown={onKeyDown}
          >
            {view.points.length === 0 ? (
              <p className="note">No record in {topic} has an event time yet.</p>
            ) : (
              <>
                <EventTimeRuler {...{ view, width, height }} />
                <EventTimeChart
                  {...{ chart, view, colours, live, nowMs, width, height }}
                  at={view.points[place] ?? null}
                  onPoint={(point) => setPointed(point ? nameOf(point.record) : null)}
                />
              </>
            )}
          </ScrollRegion>
        </div>
      )}
      {!asTable && <EventTimeFoot {...{ colours }} points={view.points} at={view.points[place] ?? null} />}
    </section>
  );
}

/** The watermark of each partition, which one holds the rest back, and which the source does not wait for. */
function Partitions({ operator, live }: { operator: LensOperator; live: boolean }) {
  const times = partitionTimes(operator);
  const slowest = times.find(({ role }) => role === 'slowest');
  return (
    <>
      {slowest && <span className={live ? 'live' : 'strong'}>p{slowest.partition} holds it back</span>}
      {times.map(({ partition, watermarkMs, role }) => (
        <span key={partition} className={role === 'slowest' && live ? 'data live' : role === 'idle' ? 'data idle' : 'data'}>
          p{partition} {watermarkWords(watermarkMs)}
          {role === 'idle' && <span className="note"> idle, not waited for</span>}
        </span>
      ))}
    </>
  );
}

function nameOf({ partition, offset }: { partition: number; offset: string }): string {
  return `${partition} ${offset}`;
}
