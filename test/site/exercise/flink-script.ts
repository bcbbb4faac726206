/** What the stub server plays as a Flink SQL run: records, a watermark that follows them, windows that close, rows of a query. */

import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { counted } from '#lessons/counted.ts';
import { createRandom } from '#sandbox/generators/random.ts';
import { generator } from '#sandbox/generators/registry.ts';
import { operatorName } from '#sandbox/lens/operator-name.ts';
import { operatorSays } from '#sandbox/lens/operator-says.ts';
import type { LensJob, LensOperator, LensRecord, LensTopic } from '#sandbox/protocol/lens.ts';
import type { Run, RunResult } from '#sandbox/protocol/run.ts';
import type { SqlChange, SqlStatement } from '#sandbox/protocol/sql.ts';
import { waitingFor } from '#sandbox/protocol/waiting.ts';
import { preparingSqlRun } from './preparing-run.ts';
import type { StubState } from './stub-server.ts';

/** Time between two steps, and how much time of the run one plays. */
const STEP_MS = 15;
const PLAYED_MS = 500;
const BEFORE = 100;
const LATER = 70;

interface Source {
  topic: string;
  table: string;
  generator: string;
  /** Field with the event time, and the one that rows are grouped by. */
  time: string;
  group: string;
  sink: string;
  sinkTopic: string;
  partitions: number;
}

const SOURCES: Record<string, Source> = {
  'flink-sql/filter-route': {
    ...{ topic: 'orders', table: 'orders', generator: 'web-orders', time: 'placed_at', group: 'customer' },
    ...{ sink: 'big_orders', sinkTopic: 'big-orders', partitions: 3 },
  },
  'flink-sql/tumble': {
    ...{ topic: 'readings', table: 'readings', generator: 'readings', time: 'measured_at', group: 'sensor' },
    ...{ sink: 'per_minute', sinkTopic: 'per-minute', partitions: 1 },
  },
  'flink-sql/upsert': {
    ...{ topic: 'payments', table: 'payments', generator: 'payments', time: 'paid_at', group: 'customer' },
    ...{ sink: 'revenue', sinkTopic: 'revenue', partitions: 3 },
  },
};

interface Played {
  state: StubState;
  runId: string;
  source: Source;
  /** Wall clock at the start of the run. */
  startedAt: number;
  atMs: number;
  newest: Map<number, number>;
  delayMs: number | null;
  counts: Map<string, number>;
  closed: number;
  /** The row that is being read. */
  row: object;
  read: number;
  written: number;
  statement: SqlStatement;
  changes: number;
  jobState: string;
  twoJobs: boolean;
  /** Operators of the job beyond four. */
  more: number;
  /** Whether the source does not wait for partition 2. */
  idle: boolean;
}

export async function playFlinkRun(
  state: StubState,
  { runId, lesson, text }: { runId: string; lesson: string; text: string },
): Promise<void> {
  const source = SOURCES[lesson] ?? SOURCES['flink-sql/tumble']!;
  const stopped = new AbortController();
  state.stops.set(runId, () => stopped.abort());
  const run = preparingSqlRun(runId, lesson, text);
  state.runs.set(runId, run);
  const partitions = text.includes('three-partitions') ? 3 : source.partitions;
  state.lens = {
    runId,
    topics: [topicOf(source.topic, partitions), topicOf(source.sinkTopic, partitions)],
    records: new Map(),
    groups: [],
  };
  state.jobs = [];
  state.send({ type: 'run.preparing', runId, awaiting: waitingFor('flink') });
  const played = begin({ state, runId, source, text });
  const input = generator(source.generator).drawRecords({
    ...{ random: createRandom(1729, 'x'), count: BEFORE + LATER, settled: BEFORE, edgeCases: false },
  });
  for (const [index, record] of input.slice(0, BEFORE).entries())
    await land(played, source.topic, { ...record, at: index - 2_000 });
  await pause(STEP_MS);
  Object.assign(run, { status: 'running', awaiting: null });
  state.send({ type: 'run.started', runId });
  state.send({ type: 'lens.topics', runId, topics: state.lens.topics });
  played.startedAt = Date.now();
  Object.defineProperty(run, 'elapsedMs', { enumerable: true, get: () => Date.now() - played.startedAt });
  tellStatement(played, run);
  await work(
    played,
    0,
    input.slice(0, BEFORE).map(({ value }) => value),
  );
  const end = (result: RunResult) => {
    Object.assign(run, { status: 'finished', result });
    state.send({ type: 'run.finished', runId, result, error: null });
  };
  for (const [index, record] of input.slice(BEFORE).entries()) {
    if (stopped.signal.aborted) break;
    played.atMs = (index + 1) * PLAYED_MS;
    await land(played, source.topic, { ...record, at: played.atMs });
    if (text.includes('fails') && index > 20) {
      const error = { code: 'failed', message: 'Division by zero in Calc[4].', range: null } as const;
      played.jobState = 'FAILED';
      played.statement = { ...played.statement, status: 'failed', error };
      tellStatement(played, run);
      tellJobs(played);
      return end({ kind: 'sql-failed', index: 2, error, durationMs: played.atMs });
    }
    await work(played, played.atMs + 20, [record.value]);
    await pause(STEP_MS);
  }
  if (!stopped.signal.aborted) await once(stopped.signal, 'abort');
  played.jobState = 'CANCELED';
  tellJobs(played);
  end({ kind: 'cancelled', durationMs: played.atMs });
}

function begin({ state, runId, source, text }: { state: StubState; runId: string; source: Source; text: string }): Played {
  const isInsert = /\bINSERT\s+INTO\b/i.test(text);
  const [, seconds] = /WATERMARK FOR [\s\S]*?INTERVAL '(\d+)' SECOND/i.exec(text) ?? [];
  const statement: SqlStatement = {
    ...{ index: 2, file: 'main.sql', range: { line: 14, column: 1, endLine: 17, endColumn: 1 }, status: 'running', error: null },
    ...{ kind: isInsert ? 'insert' : 'query', jobId: 'job1', changeCount: 0 },
    columns: isInsert ? [] : [source.group, 'window_end', 'counted'].map((name) => ({ name, type: 'STRING' })),
  };
  return {
    ...{ state, runId, source, startedAt: Date.now() + 10 * STEP_MS, atMs: 0, newest: new Map(), counts: new Map() },
    ...{
      delayMs: seconds === undefined ? null : Number(seconds) * 1000,
      closed: 0,
      row: {},
      read: 0,
      written: 0,
      statement,
      changes: 0,
    },
    ...{ jobState: 'RUNNING', twoJobs: text.includes('two-jobs') },
    idle: text.includes(' idle'),
    more: Math.max(0, Number(/operators-(\d+)/.exec(text)?.[1] ?? 4) - 4),
  };
}

function topicOf(name: string, partitions: number): LensTopic {
  return {
    name,
    partitions: Array.from({ length: partitions }, (_, partition) => ({ partition, start: '0', end: '0' })),
  };
}

async function land(
  played: Played,
  topic: string,
  { key, value, at }: { key: string; value: string | null; at: number },
): Promise<void> {
  const { state, runId } = played;
  const lanes = state.lens.topics.find(({ name }) => name === topic)?.partitions ?? [];
  const partition = [...key].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % lanes.length;
  const lane = lanes[partition]!;
  const record: LensRecord = {
    ...{ partition, offset: lane.end, timestampMs: played.startedAt + at, key, value, headers: [] },
  };
  lane.end = String(Number(lane.end) + 1);
  state.lens.records.set(topic, [...(state.lens.records.get(topic) ?? []), record]);
  state.send({ type: 'lens.records', runId, topic, records: [record] });
}

/** The job reads records: its watermark rises with each of them. */
async function work(played: Played, at: number, values: string[]): Promise<void> {
  const { source, delayMs } = played;
  for (const value of values) {
    const row: Record<string, string> = JSON.parse(value);
    played.row = row;
    played.read++;
    const group = row[source.group]!;
    const eventMs = Date.parse(`${row[source.time]!.replace(' ', 'T')}Z`);
    const minute = Math.floor(eventMs / 60_000) * 60_000;
    if (delayMs === null) {
      await give(played, at, [group, null, String((played.counts.get(group) ?? 0) + 1)]);
      played.counts.set(group, (played.counts.get(group) ?? 0) + 1);
      continue;
    }
    if (minute + 60_000 > played.closed)
      played.counts.set(`${minute} ${group}`, (played.counts.get(`${minute} ${group}`) ?? 0) + 1);
    played.newest.set(0, Math.max(played.newest.get(0) ?? 0, eventMs));
    for (const [name, count] of [...played.counts]) {
      const [from, ...rest] = name.split(' ');
      const end = Number(from) + 60_000;
      if (end - 1 > watermark(played)!) continue;
      played.closed = Math.max(played.closed, end);
      played.counts.delete(name);
      await give(played, at, [rest.join(' '), sqlTime(end), String(count)]);
    }
  }
  tellJobs(played);
}

async function give(played: Played, at: number, values: (string | null)[]): Promise<void> {
  const { state, runId, source, statement } = played;
  played.written++;
  const [group = null, windowEnd = null, count = null] = values;
  if (statement.kind === 'insert') {
    const times = windowEnd
      ? { window_start: sqlTime(Date.parse(`${windowEnd.replace(' ', 'T')}Z`) - 60_000), window_end: windowEnd }
      : {};
    const row = {
      ...played.row,
      [source.group]: group,
      ...times,
      readings: Number(count),
      highest: 21.5,
      revenue_cents: Number(count) * 1000,
    };
    const isGone = source.sink === 'revenue' && Number(count) % 5 === 4;
    const key = source.sink === 'revenue' ? JSON.stringify({ customer: group }) : (group ?? '');
    await land(played, source.sinkTopic, { key, value: isGone ? null : JSON.stringify(row), at: Math.max(0, at) });
    return;
  }
  const before =
    windowEnd === null && count !== '1'
      ? [{ op: '-U' as const, values: [group, null, String(Number(count) - 1)], atMs: at }]
      : [];
  const changes: SqlChange[] = [...before, { op: before.length > 0 ? '+U' : '+I', values, atMs: at }];
  const run = state.runs.get(runId)!;
  const result = run.sql!.results[0] ?? { index: 2, first: 0, changes: [], table: { rows: [], total: 0 } };
  run.sql!.results[0] = result;
  result.changes.push(...changes);
  result.table.rows = [...result.table.rows.filter(([name]) => windowEnd !== null || name !== group), values];
  result.table.total = result.table.rows.length;
  state.send({ type: 'sql.changes', runId, index: 2, first: played.changes, changes });
  state.send({ type: 'sql.table', runId, index: 2, table: result.table });
  played.changes += changes.length;
}

function tellStatement({ state, runId, statement }: Played, run: Run): void {
  run.sql!.statements = [statement];
  state.send({ type: 'sql.statement', runId, statement });
}

function watermark({ newest, delayMs }: Played): number | null {
  const event = newest.get(0);
  return event === undefined || delayMs === null ? null : event - delayMs;
}

function tellJobs(played: Played): void {
  const { state, runId, source, read, written, atMs, jobState, twoJobs, more, idle } = played;
  const watermarkMs = watermark(played);
  const lanes = state.lens.topics[0]?.partitions ?? [];
  const operator = (id: string, type: string, detail: string, more: Partial<LensOperator>): LensOperator => ({
    ...{ id, type, name: operatorName(type), detail, says: operatorSays(type, ''), parallelism: 1, inputs: [] },
    ...{ recordsIn: read, recordsOut: read, busyPercent: 2, watermarkMs, partitions: [], changelogMode: '+I', ...more },
  });
  const isInsert = played.statement.kind === 'insert';
  const job: LensJob = {
    ...{ jobId: 'job1', statement: 2, state: jobState },
    operators: [
      operator('1', 'TableSourceScan', `${source.table}, ${counted(lanes.length, 'partition')}`, {
        busyPercent: 4,
        partitions: lanes.map(({ partition }) => ({
          ...{ topic: source.topic, partition },
          watermarkMs: watermarkMs === null || (idle && partition === 2) ? null : watermarkMs + partition * 9_000,
        })),
      }),
      operator('2', 'Calc', `${source.group}, ${source.time}`, { inputs: ['1'], busyPercent: 1 }),
      ...Array.from({ length: more }, (_, place) =>
        operator(`2${place}`, place % 2 ? 'Calc' : 'LocalWindowAggregate', source.group, {
          inputs: [place ? `2${place - 1}` : '2'],
        }),
      ),
      operator('3', watermarkMs === null ? 'GroupAggregate' : 'WindowAggregate', `TUMBLE 1 min, by ${source.group}`, {
        ...{ inputs: [more ? `2${more - 1}` : '2'], recordsOut: written, busyPercent: 3 },
        changelogMode: watermarkMs === null ? '+I -U +U' : '+I',
      }),
      operator('4', isInsert ? 'Writer' : 'Collect', isInsert ? source.sink : 'to this page', {
        ...{ inputs: ['3'], recordsIn: written, recordsOut: 0, busyPercent: 0, changelogMode: null },
      }),
    ],
  };
  const other: LensJob = { ...job, jobId: 'job0', statement: 1, state: 'FINISHED' };
  state.jobs = twoJobs ? [other, job] : [job];
  state.send({ type: 'lens.jobs', runId, atMs, jobs: state.jobs });
}

function sqlTime(ms: number): string {
  return new Date(ms).toISOString().replace('T', ' ').slice(0, 19);
}
