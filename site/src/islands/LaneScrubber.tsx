import { useRef } from 'react';
import {
  eventAfter,
  eventBefore,
  knobWords,
  type Moment,
  momentAfterKey,
  momentAt,
  momentWords,
  shareOf,
  type TimeAxis,
} from '../client/time-axis.ts';

/** Marks closer than this share of the rail are drawn as one; more bursts of records than this are not marked. */
const MARK_APART = 0.012;
const MOST_BURSTS = 24;

interface Props {
  axis: TimeAxis;
  moment: Moment;
  live: boolean;
  onMoment: (moment: Moment) => void;
}

/** Chooses the moment that lanes and numbers show. */
export function LaneScrubber({ axis, moment, live, onMoment }: Props) {
  const rail = useRef<HTMLDivElement>(null);
  const at = moment ?? axis.to;
  const share = moment === null ? 1 : shareOf(axis, moment);

  function moveTo(event: React.PointerEvent) {
    const box = rail.current?.getBoundingClientRect();
    if (!box || box.width === 0) return;
    const wanted = axis.from + ((event.clientX - box.left) / box.width) * (axis.to - axis.from);
    onMoment(momentAt(axis, axis.kind === 'order' ? Math.round(wanted) : wanted));
  }

  function onKeyDown(event: React.KeyboardEvent) {
    const next = momentAfterKey(axis, moment, { key: event.key, shift: event.shiftKey });
    if (next === undefined) return;
    event.preventDefault();
    onMoment(next);
  }

  return (
    <div className="scrub">
      <div className="steps">
        <button
          type="button"
          className="step"
          aria-label="To the event before"
          onClick={() => onMoment(eventBefore(axis, moment))}
        >
          ‹
        </button>
        <button type="button" className="step" aria-label="To the next event" onClick={() => onMoment(eventAfter(axis, moment))}>
          ›
        </button>
      </div>
      <div
        className={`rail ${live && moment === null ? 'moving' : ''}`}
        ref={rail}
        role="slider"
        tabIndex={0}
        aria-label="Moment shown"
        aria-valuemin={axis.from}
        aria-valuemax={axis.to}
        aria-valuenow={at}
        aria-valuetext={[momentWords(axis, moment), ...happenedAt(axis, at)].join(': ')}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          moveTo(event);
        }}
        onPointerMove={(event) => event.buttons > 0 && moveTo(event)}
      >
        <span className="done" style={{ width: `${share * 100}%` }} />
        {apart(axis).map(({ at: place, title, isLoss, isBreak }) => (
          <i
            key={`${place} ${title}`}
            className={isBreak ? 'ev f broke' : isLoss ? 'ev f' : 'ev'}
            style={{ left: `${shareOf(axis, place) * 100}%` }}
            title={title}
          />
        ))}
        <span className="knob data" style={{ left: `${share * 100}%`, transform: `translateX(${-share * 100}%)` }}>
          {knobWords(axis, moment)}
        </span>
      </div>
    </div>
  );
}

function happenedAt({ events }: TimeAxis, at: number): string[] {
  return events.flatMap((event) => (event.isBreak && event.at === at ? [event.title] : []));
}

/** Returns the events that have room for a mark each; what was broken goes before a loss, and that before the rest. */
function apart(axis: TimeAxis): TimeAxis['events'] {
  const shown: TimeAxis['events'][number][] = [];
  const isCrowded = axis.kind === 'order' && axis.events.length > MOST_BURSTS;
  for (const event of axis.events) {
    if (isCrowded && !event.isBreak) continue;
    const before = shown.at(-1);
    const isClose = before !== undefined && shareOf(axis, event.at) - shareOf(axis, before.at) < MARK_APART;
    if (!isClose) shown.push(event);
    else if (weightOf(event) > weightOf(before)) shown.splice(-1, 1, event);
  }
  return shown;
}

function weightOf({ isLoss, isBreak = false }: TimeAxis['events'][number]): number {
  return isBreak ? 2 : Number(isLoss);
}
