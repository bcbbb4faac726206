import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { LensGroup, LensTopic } from '#sandbox/protocol/lens.ts';
import { cellWidth, laneHeight, type Place, placeAt, RULER_HEIGHT, span, visibleOffsets } from '../client/lens-layout.ts';
import type { RecordLog } from '../client/record-log.ts';
import { Lanes } from './Lanes.tsx';
import { LensFoot } from './LensFoot.tsx';
import { LensSide } from './LensSide.tsx';
import { ScrollRegion } from './ScrollRegion.tsx';
import { useScroller } from './use-scroller.ts';

interface Props {
  topic: LensTopic;
  records: RecordLog;
  groups: readonly LensGroup[];
  /** Whether a run is in progress, so the view follows the end of the log. */
  live: boolean;
  /** Whether the records are evidence, so all of them are marked. */
  marked: boolean;
  needRecords: ((topic: LensTopic, first: number, last: number) => Promise<void>) | undefined;
}

/** A topic as lanes. Only the visible part is drawn, so a lane can be of any length. */
export function LensBody({ topic, records, groups, live, marked, needRecords }: Props) {
  const { ref, scrollLeft, width } = useScroller();
  const [following, setFollowing] = useState(true);
  const [hovered, setHovered] = useState<Place | null>(null);
  const [pinned, setPinned] = useState<Place | null>(null);
  const [focusKey, setFocusKey] = useState<string | null>(null);
  const [groupName, setGroupName] = useState<string | null>(null);
  const scrolledTo = useRef(0);

  const { start, end } = span(topic);
  const cell = cellWidth(records.keyLength(topic.name));
  const height = laneHeight(topic.partitions.length);
  const total = (end - start + 2) * cell;
  const { first, last } = visibleOffsets({ scrollLeft, width, cell, start, end });
  const ofTopic = groups.filter(({ offsets }) => offsets.some((offset) => offset.topic === topic.name));
  const group = ofTopic.find(({ name }) => name === groupName) ?? ofTopic[0];
  const shown = hovered ?? pinned;

  useLayoutEffect(() => {
    if (!following || marked || !ref.current) return;
    ref.current.scrollLeft = total;
    scrolledTo.current = ref.current.scrollLeft;
  }, [following, marked, total, ref]);

  useEffect(() => {
    // While records are landing, the stream brings them; the rest is requested once it is quiet.
    const timer = setTimeout(() => void needRecords?.(topic, first, last), live ? 1_000 : 50);
    return () => clearTimeout(timer);
  }, [needRecords, topic, first, last, live]);

  function onScroll(scroller: HTMLElement) {
    const atEnd = scroller.scrollLeft + scroller.clientWidth >= scroller.scrollWidth - cell;
    if (scroller.scrollLeft !== scrolledTo.current) setFollowing(atEnd);
  }

  function placeOf(event: React.PointerEvent<HTMLElement>): Place | null {
    const box = event.currentTarget.getBoundingClientRect();
    const at = placeAt({
      x: event.clientX - box.left,
      y: event.clientY - box.top,
      cell,
      height,
      lanes: topic.partitions.length,
      start,
    });
    const partition = topic.partitions[at?.lane ?? -1]?.partition;
    if (!at || partition === undefined || !records.at(topic.name, partition, at.offset)) return null;
    return { partition, offset: at.offset };
  }

  function onKeyDown(event: React.KeyboardEvent) {
    if (event.key === 'Escape') return setPinned(null);
    const next = moved({ topic, records, from: pinned, key: event.key });
    if (!next) return;
    event.preventDefault();
    setPinned(next);
    setFollowing(false);
    const scroller = ref.current;
    const left = (next.offset - start) * cell;
    if (scroller && (left < scroller.scrollLeft || left + cell > scroller.scrollLeft + scroller.clientWidth)) {
      scroller.scrollLeft = left - scroller.clientWidth / 2;
    }
  }

  return (
    <>
      <div className="lensbody" style={{ '--lane': `${height}px` }}>
        <div className="pn" aria-hidden="true">
          {topic.partitions.map(({ partition, start: from, end: to }) => (
            <span key={partition}>
              p{partition}
              {Number(to) > Number(from) && (Number(to) - start) * cell <= scrollLeft && '‹'}
            </span>
          ))}
        </div>
        <ScrollRegion
          className="lens-scroll"
          ref={ref}
          label={`Records of ${topic.name} by partition and offset. Arrow keys move between records; Table lists them.`}
          onScroll={(event) => onScroll(event.currentTarget)}
          onKeyDown={onKeyDown}
        >
          <div
            className={hovered ? 'lanes on-record' : 'lanes'}
            style={{ width: total, height: RULER_HEIGHT + topic.partitions.length * height }}
            onPointerMove={(event) => setHovered(placeOf(event))}
            onPointerLeave={() => setHovered(null)}
            onPointerUp={(event) => setPinned(placeOf(event))}
          >
            <Lanes {...{ topic, records, group, first, last, start, cell, height, live, marked, focusKey }} at={shown} />
          </div>
        </ScrollRegion>
        {!marked && (
          <LensSide
            {...{ topic, records, group, groups: ofTopic, pinned }}
            onGroup={setGroupName}
            onClose={() => setPinned(null)}
          />
        )}
      </div>
      <LensFoot
        {...{ topic, records, group, live, following, focusKey, marked }}
        shown={hovered ?? (pinned ? pinned : null)}
        onFocusKey={setFocusKey}
        onFollow={() => setFollowing(true)}
      />
    </>
  );
}

/** Returns the record that an arrow key leads to; when none is selected, the first one. */
function moved({
  topic,
  records,
  from,
  key,
}: {
  topic: LensTopic;
  records: RecordLog;
  from: Place | null;
  key: string;
}): Place | null {
  const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[key];
  if (!step) return null;
  const [lanes = 0, offsets = 0] = step;
  const lane = topic.partitions.findIndex(({ partition }) => partition === from?.partition);
  if (!from || lane < 0) {
    const filled = topic.partitions.find(({ start, end }) => Number(end) > Number(start));
    return filled ? { partition: filled.partition, offset: Number(filled.start) } : null;
  }
  const target = topic.partitions[lane + lanes];
  if (!target) return null;
  const from_ = Number(target.start);
  const to = Number(target.end) - 1;
  let offset = Math.min(to, from.offset + offsets);
  // Skips offsets without a record, such as the end of a transaction.
  while (offset >= from_ && offset <= to && !records.at(topic.name, target.partition, offset)) offset += offsets || -1;
  return offset >= from_ && offset <= to ? { partition: target.partition, offset } : null;
}
