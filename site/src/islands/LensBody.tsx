import { useState } from 'react';
import type { RunBreak } from '#sandbox/protocol/break.ts';
import type { LensGroup, LensTopic } from '#sandbox/protocol/lens.ts';
import type { GroupSample } from '../client/group-history.ts';
import { type Align, laneOfY, offsetAt, visibleOffsets } from '../client/lane-layout.ts';
import { cellWidth, type Place } from '../client/lens-layout.ts';
import type { NeedRecords } from '../client/needed-records.ts';
import { nextPlace } from '../client/next-place.ts';
import type { RecordLog } from '../client/record-log.ts';
import { type Moment, momentWords } from '../client/time-axis.ts';
import { LaneScrubber } from './LaneScrubber.tsx';
import { LANE_HEIGHT, Lanes } from './Lanes.tsx';
import { LensLegend } from './LensLegend.tsx';
import { LensSide, LensSideHead } from './LensSide.tsx';
import { MembersPanel } from './MembersPanel.tsx';
import { RecordDetail } from './RecordDetail.tsx';
import { ScrollRegion } from './ScrollRegion.tsx';
import { useLaneView } from './use-lane-view.ts';
import { useMoment } from './use-moment.ts';
import { useNeededRecords } from './use-needed-records.ts';

interface Props {
  topic: LensTopic;
  records: RecordLog;
  groups: readonly LensGroup[];
  /** The groups over time. */
  history?: readonly GroupSample[];
  /** What the learner did to the run. */
  breaks?: readonly RunBreak[];
  /** Of the clock that programs have, to the browser's. */
  clockAheadMs?: number;
  /** Whether a run is in progress, so the view follows the end of the log. */
  live: boolean;
  /** Whether the records are evidence, so all of them are marked. */
  marked: boolean;
  needRecords: NeedRecords | undefined;
  /** The moment to show, by the clock of the records, where a scrubber elsewhere chooses it; null for now. */
  at?: Moment | undefined;
}

const NO_HISTORY: readonly GroupSample[] = [];
const NO_BREAKS: readonly RunBreak[] = [];

/** A topic as lanes. Only the visible part is drawn, so a lane can be of any length. */
export function LensBody(props: Props) {
  const { topic, records, groups, history = NO_HISTORY, breaks = NO_BREAKS, clockAheadMs = 0, live, marked, needRecords } = props;
  const given = props.at;
  const [align, setAlign] = useState<Align>('ends');
  const [hovered, setHovered] = useState<Place | null>(null);
  const [at, setAt] = useState<Place | null>(null);
  const [opened, setOpened] = useState(false);
  /** Whether the learner goes from record to record by keys. */
  const [byKeys, setByKeys] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const [groupName, setGroupName] = useState<string | null>(null);

  const ofTopic = groups.filter(({ offsets }) => offsets.some((offset) => offset.topic === topic.name));
  const newest = ofTopic.find(({ name }) => name === groupName) ?? ofTopic[0];
  const shownMoment = useMoment({ topic, records, group: newest, history, breaks, clockAheadMs, live, given });
  const { version, arrival, numbers, over, axis, moment, setMoment, then, group } = shownMoment;
  const digits = String(arrival.before + arrival.order.length).length;
  const cell = cellWidth(Math.max(records.keyLength(topic.name), records.hasUnnamed(topic.name) ? digits : 1));
  const lanes = useLaneView({ topic, then, align, cell, follows: !marked });
  const { shown, layout, view } = lanes;
  const moving = live && moment === null;

  const inView = layout.lanes.flatMap((lane, index) => {
    const { first, last } = visibleOffsets(lane, { ...view, cell });
    const bounds = topic.partitions[index];
    return bounds && last > first ? [{ topic: { ...topic, partitions: [bounds] }, first, last: last - 1 }] : [];
  });
  useNeededRecords(inView, { live: moving, need: needRecords });

  const pointed = hovered ?? at;
  const pointedRecord = pointed ? records.at(topic.name, pointed.partition, pointed.offset) : undefined;
  const openedRecord = opened && at ? records.at(topic.name, at.partition, at.offset) : undefined;

  function placeOf(event: React.PointerEvent<HTMLElement>): Place | null {
    const box = event.currentTarget.getBoundingClientRect();
    const index = laneOfY(event.clientY - box.top, { laneHeight: LANE_HEIGHT, lanes: layout.lanes.length, top: 0 });
    const lane = layout.lanes[index ?? -1];
    const offset = lane ? offsetAt(lane, event.clientX - box.left, cell) : null;
    if (!lane || offset === null || !records.at(topic.name, lane.partition, offset)) return null;
    return { partition: lane.partition, offset };
  }

  function choose(place: Place | null) {
    const identity = place ? records.at(topic.name, place.partition, place.offset)?.identity : undefined;
    if (identity !== undefined && identity !== null) setChosen(identity);
  }

  function leave() {
    setAt(null);
    setChosen(null);
  }

  function close() {
    setOpened(false);
    if (!live) lanes.follow();
    lanes.ref.current?.focus();
  }

  function onKeyDown(event: React.KeyboardEvent) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Escape') return opened ? close() : leave();
    if (event.key === '0') return setAlign(align === 'ends' ? 'starts' : 'ends');
    if (event.key === 'Enter' && at) return setOpened(true);
    if (event.key.toLowerCase() === 'f' && at)
      return chosen !== null && pointedRecord?.identity === chosen ? setChosen(null) : choose(at);
    const next = nextPlace({ topic, layout, records, from: at, key: event.key, cell });
    if (!next) return;
    event.preventDefault();
    setAt(next);
    setByKeys(true);
    setHovered(null);
    if (!then) lanes.hold();
    lanes.bring(next);
  }

  return (
    <div className={`lenslog ${moment === null ? '' : 'past'}`}>
      <div className="laneshead">
        <LensLegend
          {...{ records, chosen }}
          topicName={topic.name}
          live={moving}
          following={lanes.following}
          pointed={pointedRecord}
          isShown={hovered !== null || (byKeys && !opened)}
          ordinal={pointedRecord && numbers.get(pointedRecord)}
          then={moment === null || given !== undefined ? null : momentWords(axis, moment)}
          fromStart={align === 'starts'}
          onChoose={setChosen}
          onFollow={lanes.follow}
          onAlign={() => setAlign(align === 'ends' ? 'starts' : 'ends')}
        />
        {!marked && !openedRecord && <LensSideHead {...{ group }} groups={ofTopic} onGroup={setGroupName} />}
      </div>
      <div className="lensbody">
        <div className="pn" aria-hidden="true">
          {topic.partitions.map(({ partition }) => (
            <span key={partition}>p{partition}</span>
          ))}
        </div>
        <ScrollRegion
          className="lens-scroll"
          ref={lanes.ref}
          label={`Records of ${topic.name} by partition and offset. Arrow keys move between records, Enter opens one, F joins those of its key, 0 lines up from offset 0; Table lists them.`}
          onScroll={(event) => lanes.onScroll(event.currentTarget)}
          onKeyDown={onKeyDown}
        >
          <div
            className={hovered ? 'lanes on-record' : 'lanes'}
            style={{ width: layout.total, height: layout.lanes.length * LANE_HEIGHT }}
            onPointerMove={(event) => setHovered(placeOf(event))}
            onPointerLeave={() => setHovered(null)}
            onPointerUp={(event) => {
              const place = placeOf(event);
              setAt(place);
              setByKeys(false);
              setOpened(place !== null);
              // What is read stays where it is while records land and the record's own panel takes its room.
              if (place && !then) lanes.hold();
              choose(place);
            }}
          >
            <Lanes
              {...{ records, version, layout, cell, view, group, numbers, marked, chosen }}
              topic={shown}
              live={moving}
              at={pointed}
            />
          </div>
        </ScrollRegion>
        {openedRecord ? (
          <RecordDetail topicName={topic.name} record={openedRecord} ordinal={numbers.get(openedRecord)} onClose={close} />
        ) : (
          !marked && (
            <LensSide
              {...{ group, history }}
              topic={then ?? topic}
              groups={ofTopic}
              atMs={shownMoment.atMs}
              onGroup={setGroupName}
            />
          )
        )}
      </div>
      {!marked && over && newest && <MembersPanel groupName={newest.name} {...{ over, axis, moment }} />}
      {!marked && given === undefined && axis.to > 0 && <LaneScrubber {...{ axis, moment, live }} onMoment={setMoment} />}
    </div>
  );
}
