import { useMemo, useState } from 'react';
import type { RunBreak } from '#sandbox/protocol/break.ts';
import type { LensGroup, LensTopic } from '#sandbox/protocol/lens.ts';
import { arrivalOrder, ordinals, topicAfter } from '../client/arrival-order.ts';
import { type GroupSample, groupAt, membersOverTime } from '../client/group-history.ts';
import type { RecordLog } from '../client/record-log.ts';
import { axisOfOrder, axisOfTime, countAt, type Moment } from '../client/time-axis.ts';
import { useNow } from './use-now.ts';

interface Options {
  topic: LensTopic;
  records: RecordLog;
  group: LensGroup | undefined;
  history: readonly GroupSample[];
  breaks: readonly RunBreak[];
  /** Of the clock that programs have, to the browser's. */
  clockAheadMs: number;
  live: boolean;
  /** A moment that is chosen elsewhere, null for now; left out where it is chosen here. */
  given?: Moment | undefined;
}

/** The moment that lanes and numbers show, and what there was at it. New data change nothing of a moment that has passed. */
export function useMoment({ topic, records, group, history, breaks, clockAheadMs, live, given }: Options) {
  const [chosen, setMoment] = useState<Moment>(null);
  const moment = given === undefined ? chosen : given;
  const now = useNow(live && group !== undefined);
  const version = records.changes(topic.name);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the log grows in place
  const arrival = useMemo(() => arrivalOrder(topic, records), [topic, records, version]);
  const numbers = useMemo(() => ordinals(arrival), [arrival]);

  const name = group?.name;
  const ofGroup = useMemo(() => history.filter(({ groups }) => groups.some((one) => one.name === name)), [history, name]);
  const over = useMemo(
    () => (name === undefined || ofGroup.length === 0 ? null : membersOverTime(history, { group: name, topic: topic.name })),
    [history, ofGroup, name, topic.name],
  );
  const axis = useMemo(() => {
    const [first] = ofGroup;
    const last = ofGroup.at(-1);
    if (!over || !first || !last) return axisOfOrder(arrival, breaks);
    const nowMs = live && now > 0 ? now + clockAheadMs : 0;
    return axisOfTime(arrival, { seen: { from: first.atMs, to: last.atMs }, over, breaks, nowMs });
  }, [arrival, over, ofGroup, breaks, live, now, clockAheadMs]);

  const then = useMemo(
    () =>
      moment === null
        ? null
        : topicAfter(topic, arrival, countAt(given === undefined ? axis : { kind: 'time' }, arrival, moment)),
    [topic, arrival, axis, moment, given],
  );
  const groupThen = moment === null || axis.kind === 'order' || name === undefined ? group : groupAt(history, name, moment);
  return { version, arrival, numbers, over, axis, moment, setMoment, then, group: groupThen, atMs: moment ?? axis.to };
}
