/**
 * What the scrubber of the lens moves along. Without a consumer group it is the number of records that had come: a program that sends all
 * at once gives many of them the same time. With one it is the time, for members come and go between records. Pure.
 */
import { counted } from '#lessons/counted.ts';
import type { RunBreak } from '#sandbox/protocol/break.ts';
import type { ArrivalOrder, Arrived } from './arrival-order.ts';
import { breakTitle } from './break-words.ts';
import type { MembersOverTime } from './group-history.ts';
import { clockOf } from './record-text.ts';

export interface TimeAxis {
  kind: 'order' | 'time';
  from: number;
  /** Now. */
  to: number;
  /** Where something happened, ascending: the ends of bursts of records; joins and losses of a group; what the learner broke. */
  events: readonly AxisEvent[];
}

export interface AxisEvent {
  at: number;
  title: string;
  isLoss: boolean;
  /** The learner did it. */
  isBreak?: boolean;
}

/** A place on the axis; null for now, which moves on with new data. */
export type Moment = number | null;

const STEPS = { order: { step: 1, leap: 10 }, time: { step: 100, leap: 1_000 } };

export function axisOfOrder({ before, order }: ArrivalOrder, breaks: readonly RunBreak[] = []): TimeAxis {
  const bursts = order.flatMap(({ timeMs }, index) => {
    const next = order[index + 1];
    const at = before + index + 1;
    return next && next.timeMs !== timeMs ? [{ at, title: `after ${counted(at, 'record')}`, isLoss: false }] : [];
  });
  const done = breaks.map((one) => eventOf(one, placeOf(one, { before, order })));
  return { kind: 'order', from: before, to: before + order.length, events: inOrder([...bursts, ...done]) };
}

function eventOf(one: RunBreak, at: number): AxisEvent {
  return { at, title: breakTitle(one), isLoss: false, isBreak: true };
}

/** Returns the number of a record that was added; of anything else, how many had come by then. */
function placeOf({ record, atMs }: RunBreak, arrival: ArrivalOrder): number {
  const added = record
    ? arrival.order.findIndex(({ partition, offset }) => partition === record.partition && offset === Number(record.offset))
    : -1;
  return added < 0 ? countAt({ kind: 'time' }, arrival, atMs) : arrival.before + added + 1;
}

function inOrder(events: readonly AxisEvent[]): AxisEvent[] {
  return events.toSorted((one, other) => one.at - other.at);
}

/** A record's time counts for the axis within this much of what was seen of its group: programs may give any. */
const NEAR_MS = 600_000;

/** @param nowMs by the clock that programs have */
export function axisOfTime(
  { order }: ArrivalOrder,
  {
    seen,
    over,
    breaks = [],
    nowMs,
  }: { seen: { from: number; to: number }; over: MembersOverTime; breaks?: readonly RunBreak[]; nowMs: number },
): TimeAxis {
  const isNear = ({ timeMs }: Arrived) => timeMs > seen.from - NEAR_MS && timeMs < seen.to + NEAR_MS;
  const first = order.find(isNear)?.timeMs ?? seen.from;
  const last = order.findLast(isNear)?.timeMs ?? seen.to;
  const begun = over.generations.map(({ at, number }) => ({ at, title: `generation ${number}`, isLoss: false }));
  const lost = over.rows.flatMap(({ name, leftAt }) =>
    leftAt === null ? [] : [{ at: leftAt, title: `${name} left`, isLoss: true }],
  );
  return {
    kind: 'time',
    from: Math.min(seen.from, first),
    to: Math.max(seen.to, last, nowMs, ...breaks.map(({ atMs }) => atMs)),
    events: inOrder([...begun, ...lost, ...breaks.map((one) => eventOf(one, one.atMs))]),
  };
}

/** Returns the times that are written on an axis, few enough to be read, and the step between them. */
export function ticksOf({ from, to }: TimeAxis, most: number): { stepMs: number; at: number[] } {
  const steps = [100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 300_000, 600_000];
  const stepMs = steps.find((step) => (to - from) / step <= most) ?? 3_600_000;
  const first = Math.ceil(from / stepMs) * stepMs;
  return {
    stepMs,
    at: Array.from({ length: Math.max(0, Math.floor((to - first) / stepMs) + 1) }, (_, index) => first + index * stepMs),
  };
}

/** Returns where a key press leads to; undefined for a key that does not move. */
export function momentAfterKey(
  axis: TimeAxis,
  moment: Moment,
  { key, shift }: { key: string; shift: boolean },
): Moment | undefined {
  const { step, leap } = STEPS[axis.kind];
  const by = shift ? leap : step;
  const at = moment ?? axis.to;
  if (key === 'ArrowLeft' || key === 'ArrowDown') return momentAt(axis, at - by);
  if (key === 'ArrowRight' || key === 'ArrowUp') return momentAt(axis, at + by);
  if (key === 'Home') return momentAt(axis, axis.from);
  return key === 'End' ? null : undefined;
}

/** Returns the place of the axis next to `at`; null at its end and beyond. */
export function momentAt({ from, to }: TimeAxis, at: number): Moment {
  return at >= to ? null : Math.max(from, at);
}

/** Returns the event before a moment, else the beginning. */
export function eventBefore(axis: TimeAxis, moment: Moment): Moment {
  const at = moment ?? axis.to;
  return momentAt(axis, axis.events.findLast((event) => event.at < at)?.at ?? axis.from);
}

/** Returns the event after a moment, else now. */
export function eventAfter(axis: TimeAxis, moment: Moment): Moment {
  const at = moment ?? axis.to;
  return axis.events.find((event) => event.at > at)?.at ?? null;
}

/** Returns where a moment lies between the ends of the axis, from 0 to 1. */
export function shareOf({ from, to }: TimeAxis, at: number): number {
  return to > from ? Math.min(1, Math.max(0, (at - from) / (to - from))) : 1;
}

/** Returns what the knob says: how far back. */
export function knobWords({ kind, to }: TimeAxis, moment: Moment): string {
  if (moment === null) return 'now';
  return kind === 'order' ? `−${to - moment}` : `−${((to - moment) / 1_000).toFixed(1)} s`;
}

/** Returns a moment in words, with how far back it is. */
export function momentWords({ kind, to }: TimeAxis, moment: Moment): string {
  if (moment === null) return 'now';
  if (kind === 'order') return `after ${counted(moment, 'record')}, ${counted(to - moment, 'record')} back`;
  return `at ${clockOf(moment)}, ${((to - moment) / 1_000).toFixed(1)} s back`;
}

/** Returns how many records had come at a moment. */
export function countAt({ kind }: Pick<TimeAxis, 'kind'>, { before, order }: ArrivalOrder, moment: number): number {
  if (kind === 'order') return moment;
  const isLater = ({ timeMs }: Arrived) => timeMs > moment;
  const later = order.findIndex(isLater);
  return before + (later < 0 ? order.length : later);
}
