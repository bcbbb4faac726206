/** What the lens shows: the topics of the learner's current run, or the evidence of a check. */
import type { ServerEvent } from '#sandbox/protocol/event.ts';
import type { LensGroup, LensHistory, LensTopic } from '#sandbox/protocol/lens.ts';
import type { CheckResult, Evidence, RecordEvidence } from '#sandbox/protocol/report.ts';
import { type GroupSample, withEarlier, withSample } from './group-history.ts';
import { type JobsView, jobsAfterEvent, jobsWithEarlier, NO_JOBS } from './jobs-state.ts';
import { RecordLog } from './record-log.ts';

export interface LensView {
  runId: string | null;
  topics: readonly LensTopic[];
  groups: readonly LensGroup[];
  /** The groups over time, as far as the page has seen them. */
  groupHistory: readonly GroupSample[];
  /** How much the clock that programs have is ahead of the browser's, in ms. */
  clockAheadMs: number;
  /** Flink jobs of the run and their watermarks so far. */
  jobs: JobsView;
  /** Grows in place; `version` changes when it does. */
  records: RecordLog;
  version: number;
  /** Name of the topic that the learner picked; null until then, when the first one is drawn. */
  topic: string | null;
  /** Evidence of a check, shown in place of the run when the learner asks for it. */
  evidence: EvidenceView | null;
}

export interface EvidenceView {
  check: string;
  round: number;
  topics: readonly LensTopic[];
  records: RecordLog;
}

export const EMPTY_LENS: LensView = {
  runId: null,
  topics: [],
  groups: [],
  groupHistory: [],
  clockAheadMs: 0,
  jobs: NO_JOBS,
  records: new RecordLog(),
  version: 0,
  topic: null,
  evidence: null,
};

/** Returns the view of a run; a new run starts with an empty log. */
export function lensOfRun(view: LensView, runId: string): LensView {
  if (view.runId === runId) return view;
  return { ...EMPTY_LENS, runId, records: view.records.emptied(), topic: view.topic };
}

/** Returns the view after an event; events of other runs change nothing. */
export function lensAfterEvent(view: LensView, event: ServerEvent, now: number): LensView {
  if (!('runId' in event) || event.runId !== view.runId) return view;
  switch (event.type) {
    case 'lens.topics':
      return { ...view, topics: withTopics(view.topics, event.topics) };
    case 'lens.groups':
      return withGroups(view, event, now);
    case 'lens.jobs':
      return { ...view, jobs: jobsAfterEvent(view.jobs, event) };
    case 'lens.records':
      view.records.add(event.topic, event.records, now);
      return { ...view, topics: withTopics(view.topics, grown(view.topics, event)), version: view.version + 1 };
    default:
      return view;
  }
}

function withGroups(view: LensView, { atMs, groups }: { atMs: number; groups: readonly LensGroup[] }, now: number): LensView {
  return { ...view, groups, groupHistory: withSample(view.groupHistory, { atMs, groups }), clockAheadMs: atMs - now };
}

/** Returns the view after the groups were read: after a reload, or where the stream was cut. */
export function lensAfterGroups(view: LensView, groups: readonly LensGroup[], now: number): LensView {
  if (JSON.stringify(groups) === JSON.stringify(view.groups)) return view;
  return withGroups(view, { atMs: now + view.clockAheadMs, groups }, now);
}

/** Returns the view with what the server kept of its run from before the page was opened. */
export function lensWithHistory(view: LensView, { runId, groups, jobs }: LensHistory): LensView {
  if (runId !== view.runId) return view;
  return { ...view, groupHistory: withEarlier(view.groupHistory, groups), jobs: jobsWithEarlier(view.jobs, jobs) };
}

/** Returns the evidence that is a record, which the lens can draw. */
export function recordsOf(evidence: readonly Evidence[]): RecordEvidence[] {
  return evidence.filter((one) => one.kind === 'record');
}

/** Returns a view of only the records that a failed check names: they are on a round's topic, which is not the learner's. */
export function lensOfEvidence(view: LensView, check: Extract<CheckResult, { status: 'fail' }>): LensView {
  const records = view.records.emptied();
  const rows = recordsOf(check.evidence);
  for (const { topic, partition, offset, key, observed } of rows) {
    records.add(topic, [{ partition, offset, key, value: observed, timestampMs: 0, headers: [] }], 0);
  }
  const names = [...new Set(rows.map(({ topic }) => topic))];
  const topics = names.map((name) => ({ name, partitions: partitionsOf(rows.filter(({ topic }) => topic === name)) }));
  return { ...view, evidence: { check: check.title, round: check.round, topics, records } };
}

/** Returns a lane for each partition up to the largest one named, each ending at the largest offset named. */
function partitionsOf(rows: readonly RecordEvidence[]): LensTopic['partitions'] {
  const lanes = Math.max(...rows.map(({ partition }) => partition)) + 1;
  const offsets = rows.map(({ offset }) => Number(offset));
  const start = Math.max(0, Math.min(...offsets) - 2);
  const end = Math.max(...offsets) + 1;
  return Array.from({ length: lanes }, (_, partition) => ({ partition, start: String(start), end: String(end) }));
}

function withTopics(have: readonly LensTopic[], news: readonly LensTopic[]): readonly LensTopic[] {
  const byName = new Map([...have, ...news].map((topic) => [topic.name, topic]));
  return [...byName.values()];
}

/** Returns the topic with its ends moved past the event's records, which may come before the topics' own event. */
function grown(topics: readonly LensTopic[], event: Extract<ServerEvent, { type: 'lens.records' }>): LensTopic[] {
  const topic = topics.find(({ name }) => name === event.topic);
  if (!topic) return [];
  const ends = new Map<number, number>();
  for (const { partition, offset } of event.records) ends.set(partition, Math.max(ends.get(partition) ?? 0, Number(offset) + 1));
  return [
    {
      ...topic,
      partitions: topic.partitions.map((lane) => {
        const end = ends.get(lane.partition) ?? 0;
        return end > Number(lane.end) ? { ...lane, end: String(end) } : lane;
      }),
    },
  ];
}
