import { memo } from 'react';
import { counted } from '#lessons/counted.ts';
import type { LensGroup, LensTopic } from '#sandbox/protocol/lens.ts';
import { keyPath } from '../client/key-path.ts';
import { type LaneLayout, type PlacedLane, recordX, visibleOffsets } from '../client/lane-layout.ts';
import type { Place } from '../client/lens-layout.ts';
import { keyInCell } from '../client/lens-layout.ts';
import type { KnownRecord, RecordLog } from '../client/record-log.ts';
import { RECORD_HEIGHT, RecordSquare } from './RecordSquare.tsx';

interface Props {
  topic: LensTopic;
  records: RecordLog;
  /** Changes when `records` has grown. */
  version: number;
  layout: LaneLayout;
  cell: number;
  view: { scrollLeft: number; width: number };
  group: LensGroup | undefined;
  /** Number of each record in the order of arrival. */
  numbers: ReadonlyMap<KnownRecord, number>;
  live: boolean;
  marked: boolean;
  /** The key whose records are filled and joined. */
  chosen: string | null;
  /** The record that the learner is on. */
  at: Place | null;
}

export const LANE_HEIGHT = 44;
const RECORD_TOP = 5;
const BASELINE = RECORD_TOP + RECORD_HEIGHT + 1;
/** An offset is written under every fifth record; under each where they are this wide. */
const LABEL_EVERY = 5;
const LABEL_SPACE = 56;
/** Coordinates in a lane count from a multiple of this many places, so that records keep theirs while the log grows. */
const STRETCH = 1_000;
/** A record lands for this long after its arrival. */
const LANDING_MS = 250;

/** The drawing: lanes, records, offsets, ends of log, committed offsets and lag, as far as they are in view. */
export const Lanes = memo(function Lanes(props: Props) {
  const { topic, layout, cell, view, chosen } = props;
  const left = Math.max(0, view.scrollLeft - 6 * cell);
  const width = Math.min(layout.total - left, view.width + 12 * cell);
  const height = layout.lanes.length * LANE_HEIGHT;
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} style={{ left }} role="img" aria-label={summary(topic)}>
      <defs>
        <pattern id="lag" width="4" height="5" patternUnits="userSpaceOnUse">
          <path d="M-1 6L5 -1" stroke="var(--ink)" strokeWidth="1" />
        </pattern>
      </defs>
      <g transform={`translate(${-left} 0)`}>
        {layout.lanes.map((lane, index) => (
          <path key={lane.partition} className="edge" d={`M${left} ${index * LANE_HEIGHT + BASELINE + 0.5}h${width}`} />
        ))}
        {chosen !== null && <KeyLine {...props} identity={chosen} from={left} to={left + width} />}
        {layout.lanes.map((lane, index) => (
          <Lane key={lane.partition} {...props} lane={lane} top={index * LANE_HEIGHT} />
        ))}
      </g>
    </svg>
  );
});

function Lane(props: Props & { lane: PlacedLane; top: number }) {
  const { topic, records, cell, view, lane, top, group, live, marked } = props;
  const { partition, end } = lane;
  const { first, last } = visibleOffsets(lane, { ...view, cell });
  const shown = Array.from({ length: Math.max(0, last - first) }, (_, index) =>
    records.at(topic.name, partition, first + index),
  ).filter((record) => record !== undefined);
  const committed =
    group?.offsets.find((offset) => offset.topic === topic.name && offset.partition === partition)?.committed ?? null;
  const origin = Math.floor(first / STRETCH) * STRETCH;
  const x = (offset: number) => recordX(lane, offset, cell);
  const base = top + BASELINE;
  const every = cell >= LABEL_SPACE ? 1 : LABEL_EVERY;
  return (
    <>
      {committed !== null && <Lag from={x(Math.min(end, Number(committed)))} to={x(end)} base={base} />}
      <g transform={`translate(${x(origin)} 0)`}>
        {shown.map((record) => (
          <Square key={record.offset} {...props} record={record} x={(Number(record.offset) - origin) * cell} />
        ))}
        {shown
          .filter(({ offset }) => Number(offset) % every === 0)
          .map(({ offset }) => (
            <text key={offset} className="i3 halo" x={(Number(offset) - origin + 0.5) * cell} y={top + 42} textAnchor="middle">
              {offset}
            </text>
          ))}
      </g>
      {committed !== null && (
        <path
          className="committed"
          d={`M${x(Math.min(end, Number(committed))) + 0.5} ${base + 1.5}l-5 8h10z`}
          fill="var(--ink)"
        />
      )}
      {!marked && <path className={live ? 'pen-l' : 'settled-l'} strokeWidth="2" d={`M${x(end) + 2} ${top + 2}V${base + 1}`} />}
    </>
  );
}

function Square({
  topic,
  records,
  numbers,
  chosen,
  at,
  marked,
  cell,
  top,
  record,
  x,
}: Props & { top: number; record: KnownRecord; x: number }) {
  const { identity } = record;
  const colour = records.colour(topic.name, identity);
  const isAt = at?.partition === record.partition && at.offset === Number(record.offset);
  const label = identity ?? String(numbers.get(record) ?? record.offset);
  return (
    <RecordSquare
      x={x}
      y={top + RECORD_TOP}
      cell={cell}
      label={identity === null ? label : keyInCell(label, records.sharedStart(topic.name), cell)}
      colour={colour?.index ?? 0}
      filled={colour !== null && (chosen === null ? !colour.outlined && record.key !== null : identity === chosen)}
      keyless={record.key === null}
      landing={Date.now() - record.arrivedAt < LANDING_MS}
      mark={isAt ? 'at' : marked ? 'evidence' : null}
      place={`${record.partition}/${record.offset}`}
    />
  );
}

/** What a group has not read yet: from the next offset to read to the end. */
function Lag({ from, to, base }: { from: number; to: number; base: number }) {
  return <rect className="lag" x={from} y={base + 2} width={Math.max(0, to - from)} height="5" fill="url(#lag)" />;
}

/** Joins the records of the chosen key in their order: where the line goes back, one record overtook another. */
function KeyLine({ topic, layout, records, cell, identity, from, to }: Props & { identity: string; from: number; to: number }) {
  const points = keyPath(topic, layout, { records, identity, cell, from, to });
  if (points.length < 2) return null;
  const at = points.map(({ lane, x }) => `${x} ${lane * LANE_HEIGHT + RECORD_TOP + RECORD_HEIGHT / 2}`);
  const colour = records.colour(topic.name, identity);
  return <path className={`keyline k${colour?.index ?? 0}`} d={`M${at.join('L')}`} />;
}

function summary({ name, partitions }: LensTopic): string {
  const lanes = partitions.map(
    ({ partition, start, end }) => `partition ${partition} holds ${counted(Number(end) - Number(start), 'record')}`,
  );
  return `Topic ${name}: ${lanes.join(', ')}.`;
}
