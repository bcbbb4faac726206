import { counted } from '#lessons/counted.ts';
import type { LensGroup, LensTopic } from '#sandbox/protocol/lens.ts';
import { baseline, FOOT_HEIGHT, keyInCell, type Place, RULER_HEIGHT, tickStep } from '../client/lens-layout.ts';
import type { KnownRecord, RecordLog } from '../client/record-log.ts';

interface Props {
  topic: LensTopic;
  records: RecordLog;
  group: LensGroup | undefined;
  /** Offsets to draw, both ends included. */
  first: number;
  last: number;
  /** Offset at the left edge of the whole drawing. */
  start: number;
  cell: number;
  height: number;
  live: boolean;
  marked: boolean;
  focusKey: string | null;
  /** The selected record. */
  at: Place | null;
}

/** A record lands for this long after its arrival. */
const LANDING_MS = 250;

/** The drawing: ruler, lanes, records, ends of log, committed offsets and lag, between two offsets. */
export function Lanes(props: Props) {
  const { topic, first, last, start, cell, height } = props;
  const x = (offset: number) => (offset - start) * cell;
  const bottom = RULER_HEIGHT + topic.partitions.length * height + FOOT_HEIGHT;
  const left = x(first);
  const width = (last - first + 2) * cell;
  const step = tickStep(cell);
  const offsets = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return (
    <svg
      width={width}
      height={bottom}
      viewBox={`${left} 0 ${width} ${bottom}`}
      style={{ left }}
      role="img"
      aria-label={summary(topic)}
    >
      <defs>
        <pattern id="lag" width="4" height="5" patternUnits="userSpaceOnUse">
          <path d="M-1 6L5 -1" stroke="var(--ink)" strokeWidth="1" />
        </pattern>
      </defs>
      {offsets.map((offset) => (
        <g key={offset}>
          <path className="grid" d={`M${x(offset) + 0.5} ${RULER_HEIGHT}V${bottom}`} />
          <path className="edge" d={`M${x(offset) + 0.5} ${offset % step === 0 ? 20 : 24}V${RULER_HEIGHT}`} />
          {offset % step === 0 && (
            <text className="i3" x={x(offset) + 4} y="19">
              {offset}
            </text>
          )}
        </g>
      ))}
      <path className="edge" d={`M${left} ${RULER_HEIGHT + 0.5}h${width}`} />
      {topic.partitions.map(({ partition }, lane) => (
        <path key={partition} className="edge" d={`M${left} ${baseline(lane, height) + 0.5}h${width}`} />
      ))}
      {props.focusKey !== null && <KeyLine {...props} x={x} />}
      {topic.partitions.map((_, lane) => (
        <Lane key={topic.partitions[lane]?.partition} {...props} lane={lane} x={x} />
      ))}
    </svg>
  );
}

function Lane({
  topic,
  records,
  group,
  first,
  last,
  cell,
  height,
  live,
  marked,
  focusKey,
  at,
  lane,
  x,
}: Props & { lane: number; x: (offset: number) => number }) {
  const bounds = topic.partitions[lane];
  if (!bounds) return null;
  const { partition } = bounds;
  const base = baseline(lane, height);
  const end = Number(bounds.end);
  const from = Math.max(first, Number(bounds.start));
  const shown = Array.from({ length: Math.max(0, Math.min(last + 1, end) - from) }, (_, index) =>
    records.at(topic.name, partition, from + index),
  );
  const committed =
    group?.offsets.find((offset) => offset.topic === topic.name && offset.partition === partition)?.committed ?? null;
  return (
    <g>
      {shown.map(
        (record) =>
          record && (
            <RecordSquare
              key={record.offset}
              record={record}
              left={x(Number(record.offset))}
              base={base}
              cell={cell}
              colour={records.colour(topic.name, record.key)}
              label={record.key === null ? '–' : keyInCell(record.key, records.sharedStart(topic.name), cell)}
              dimmed={focusKey !== null && record.key !== focusKey}
              at={at?.partition === partition && at.offset === Number(record.offset)}
              marked={marked}
            />
          ),
      )}
      {committed !== null && (
        <>
          <rect
            x={x(Number(committed))}
            y={base + 2}
            width={Math.max(0, x(end) - x(Number(committed)))}
            height="5"
            fill="url(#lag)"
          />
          <path className="committed" d={`M${x(Number(committed)) + 0.5} ${base + 0.5}l-5 8h10z`} fill="var(--ink)" />
        </>
      )}
      {!marked && <path className={live ? 'pen-l' : 'settled-l'} strokeWidth="2" d={`M${x(end) + 1} ${base - 28}V${base + 1}`} />}
    </g>
  );
}

function RecordSquare({
  record,
  left,
  base,
  cell,
  colour,
  label,
  dimmed,
  at,
  marked,
}: {
  record: KnownRecord;
  left: number;
  base: number;
  cell: number;
  colour: { index: number; outlined: boolean } | null;
  label: string;
  dimmed: boolean;
  at: boolean;
  marked: boolean;
}) {
  const outlined = dimmed || colour === null || colour.outlined;
  const inset = outlined ? 2.5 : 1.5;
  const classes = [colour ? `k${colour.index}` : 'k0', Date.now() - record.arrivedAt < LANDING_MS ? 'landing' : ''].join(' ');
  return (
    <g className={classes}>
      <rect
        className={outlined ? 'rec-o' : 'rec'}
        x={left + inset}
        y={base - 25 + inset}
        width={cell - 2 * inset + 1}
        height={25 - 2 * inset}
        rx="2"
      />
      <text className={outlined ? 'ink' : 'onk'} x={left + cell / 2 + 0.5} y={base - 8} textAnchor="middle">
        {label}
      </text>
      {(at || marked) && (
        <rect className={at ? 'at-mark' : 'evidence-mark'} x={left + 0.5} y={base - 25.5} width={cell} height="25" rx="2" />
      )}
    </g>
  );
}

/** Connects one key's records in time order: where the line goes back, one record overtook another. */
function KeyLine({ topic, records, focusKey, first, last, cell, height, x }: Props & { x: (offset: number) => number }) {
  if (focusKey === null) return null;
  const lanes = new Map(topic.partitions.map(({ partition }, lane) => [partition, lane]));
  const points = records
    .withKey(topic.name, focusKey)
    .filter(({ offset }) => Number(offset) >= first - 50 && Number(offset) <= last + 50)
    .map(({ partition, offset }) => `${x(Number(offset)) + cell / 2} ${baseline(lanes.get(partition) ?? 0, height) - 12.5}`);
  const colour = records.colour(topic.name, focusKey);
  return points.length > 1 ? (
    <path className={`k${colour?.index ?? 0}`} d={`M${points.join('L')}`} fill="none" stroke="var(--k)" strokeWidth="1.5" />
  ) : null;
}

function summary({ name, partitions }: LensTopic): string {
  const lanes = partitions.map(
    ({ partition, start, end }) => `partition ${partition} holds ${counted(Number(end) - Number(start), 'record')}`,
  );
  return `Topic ${name}: ${lanes.join(', ')}.`;
}
