/** What the stub server plays: runs and submissions with events in a fixed order. A word in the program picks the variant. */

import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { LensRecord, LensTopic } from '#sandbox/protocol/lens.ts';
import type { CheckResult, Report } from '#sandbox/protocol/report.ts';
import type { OutputChunk, Run, RunResult } from '#sandbox/protocol/run.ts';
import type { Submission } from '#sandbox/protocol/submission.ts';
import { waitingFor } from '#sandbox/protocol/waiting.ts';
import type { StubState } from './stub-server.ts';

/** Time between two steps: long enough to see each, short enough to wait for. */
const STEP_MS = 30;
/** What Node writes of an error that ended a program. */
const NODES_REPORT = [
  'file:///workspace/node_modules/kafkajs/src/protocol/encoder.js:38',
  "      throw new TypeError('value must be a string or a Buffer');",
  '            ^',
  '',
  'TypeError: value must be a string or a Buffer',
  ...Array.from(
    { length: 8 },
    (_, index) => `    at write${index} (/workspace/node_modules/kafkajs/src/protocol/encoder.js:${40 + index}:11)`,
  ),
  '    at file:///workspace/main.ts:9:16',
  '',
  'Node.js v24.11.1',
];
const DRIVERS = ['17', '8', '42', '23', '31', '12', '5', '64'];

export async function playRun(
  state: StubState,
  { runId, lesson, text }: { runId: string; lesson: string; text: string },
): Promise<void> {
  const topics = topicsOf(lesson);
  const run: Run = {
    runId,
    lesson,
    files: { 'main.ts': text },
    cause: null,
    status: 'preparing',
    awaiting: waitingFor('sandbox'),
    seed: 1729,
    result: null,
    output: [],
    phases: {},
    sql: null,
    breaks: [],
    error: null,
  };
  const put = (change: Partial<Run>) => state.runs.set(runId, Object.assign(run, change));
  put({});
  state.lens = { runId, topics, records: new Map(), groups: [] };
  const stopped = new AbortController();
  state.stops.set(runId, () => stopped.abort());
  const started = performance.now();

  const say = (line: string, stream: OutputChunk['stream'] = 'stdout') => {
    const chunk = { seq: run.output.length, stream, text: `${line}\n`, atMs: Math.round(performance.now() - started) };
    put({ output: [...run.output, chunk] });
    state.send({ type: 'run.output', runId, chunks: [chunk] });
  };
  const killed = Promise.withResolvers<void>();
  state.breaks.set(runId, ({ kind }) => {
    const forMs = kind === 'pause' ? 8_000 : null;
    const runMs = Math.round(performance.now() - started);
    const done = { kind, atMs: 1_790_000_000_000 + 20 * 13, runMs, forMs, record: null };
    put({ breaks: [...run.breaks, done] });
    state.send({ type: 'run.broken', runId, done });
    if (kind === 'kill') killed.resolve();
    return done;
  });
  const end = (result: RunResult) => {
    put({ status: 'finished', result });
    state.send({ type: 'run.finished', runId, result, error: null });
  };

  const awaiting = waitingFor('sandbox', text.includes('full-house') ? { position: 4 } : {});
  put({ awaiting });
  state.send({ type: 'run.preparing', runId, awaiting });
  if (text.includes('wait-for-it')) {
    await once(stopped.signal, 'abort');
    return end({ kind: 'cancelled', durationMs: 0 });
  }
  await pause(STEP_MS);
  put({ status: 'running', awaiting: null });
  state.send({ type: 'run.started', runId });
  state.send({ type: 'lens.topics', runId, topics });

  say('connected');
  const count = Number(/records: (\d+)/.exec(text)?.[1] ?? 40);
  // As the lens does: what has landed since it last looked is one event.
  for (const batch of batches(recordsOf(lesson, count, text), count <= 100 ? 10 : 500)) {
    await land(state, runId, batch);
    await pause(STEP_MS);
  }
  if (text.includes('rebalance')) rebalance(state, runId);
  else if (lesson === 'log/keys' && !text.includes('no-group')) group(state, runId);
  say(`sent ${count} records`);
  if (text.includes('hang')) {
    const isKilled = await Promise.race([killed.promise.then(() => true), once(stopped.signal, 'abort').then(() => false)]);
    const durationMs = performance.now() - started;
    return end(isKilled ? { kind: 'exited', exitCode: 137, durationMs } : { kind: 'cancelled', durationMs });
  }
  if (text.includes('throw')) {
    for (const line of NODES_REPORT) say(line, 'stderr');
    put({
      cause: {
        message: 'TypeError: value must be a string or a Buffer',
        place: 'main.ts:9',
        hint: 'Write `JSON.stringify(...)`.',
      },
    });
  }
  end({ kind: 'exited', exitCode: text.includes('throw') ? 1 : 0, durationMs: 837 });
}

async function land(state: StubState, runId: string, batch: { topic: string; records: LensRecord[] }): Promise<void> {
  const { topic, records } = batch;
  state.lens.records.set(topic, [...(state.lens.records.get(topic) ?? []), ...records]);
  for (const { partition, offset } of records) {
    const lane = state.lens.topics.find(({ name }) => name === topic)?.partitions[partition];
    if (lane) lane.end = String(Math.max(Number(lane.end), Number(offset) + 1));
  }
  // As the lens does: at most 2,000 records a run are pushed, then their ends alone.
  if (Number(records[0]?.offset) < 2_000) state.send({ type: 'lens.records', runId, topic, records });
  else state.send({ type: 'lens.topics', runId, topics: state.lens.topics });
}

function group(state: StubState, runId: string): void {
  const topic = 'driver-events';
  const partitions = state.lens.topics.find(({ name }) => name === topic)?.partitions ?? [];
  const groups = [
    {
      name: 'dispatch',
      state: 'Stable',
      generation: null,
      members: [
        {
          id: 'm1',
          clientId: 'dispatch-1',
          partitions: [
            { topic, partition: 0 },
            { topic, partition: 1 },
          ],
        },
        { id: 'm2', clientId: 'dispatch-2', partitions: [{ topic, partition: 2 }] },
      ],
      offsets: partitions.map(({ partition, end }) => {
        const committed = Math.max(0, Number(end) - partition * 2);
        return { topic, partition, committed: String(committed), end, lag: String(Number(end) - committed) };
      }),
    },
  ];
  state.lens.groups = groups;
  state.send({ type: 'lens.groups', runId, atMs: 1_790_000_000_600, groups });
}

/** Two members, of which the first is lost after 3 s: partition 0 waits 2 s for the second. */
function rebalance(state: StubState, runId: string): void {
  const topic = 'driver-events';
  const lanes = state.lens.topics.find(({ name }) => name === topic)?.partitions ?? [];
  const seen = [
    { atMs: 0, members: { 'worker-1': [0, 1], 'worker-2': [2] } },
    { atMs: 3_000, members: { 'worker-2': [1, 2] } },
    { atMs: 5_000, members: { 'worker-2': [0, 1, 2] } },
    { atMs: 8_000, members: { 'worker-2': [1, 2] } },
  ];
  for (const { atMs, members } of seen) {
    const groups = [
      {
        name: 'dispatch',
        state: 'Stable',
        generation: null,
        members: Object.entries(members).map(([clientId, own]) => ({
          id: clientId,
          clientId,
          partitions: own.map((partition) => ({ topic, partition })),
        })),
        offsets: lanes.map(({ partition, end }) => {
          const committed = Math.max(0, Number(end) - 3);
          return { topic, partition, committed: String(committed), end, lag: String(Number(end) - committed) };
        }),
      },
    ];
    state.lens.groups = groups;
    state.send({ type: 'lens.groups', runId, atMs: 1_790_000_000_000 + atMs, groups });
  }
}

function topicsOf(lesson: string): LensTopic[] {
  const topic = (name: string, partitions: number) => ({
    name,
    partitions: Array.from({ length: partitions }, (_, partition) => ({ partition, start: '0', end: '0' })),
  });
  return lesson === 'log/keys' ? [topic('driver-events', 3)] : [topic('orders', 1), topic('receipts', 1)];
}

function recordsOf(lesson: string, count: number, text: string): { topic: string; record: LensRecord }[] {
  const offsets = new Map<string, number>();
  return Array.from({ length: count }, (_, index) => {
    const key = lesson === 'log/keys' ? (DRIVERS[(index * 7 + (index % 5)) % DRIVERS.length] ?? '17') : `order-${1041 + index}`;
    const partition = lesson === 'log/keys' ? (index * index + index) % 3 : 0;
    const topic = lesson === 'log/keys' ? 'driver-events' : 'orders';
    const offset = offsets.get(`${partition}`) ?? 0;
    offsets.set(`${partition}`, offset + 1);
    const plain = JSON.stringify({ id: key, place: index, amount: 10 + index });
    const value = text.includes('oops') ? 'oops' : text.includes('keyless') ? `{ "driver": "${key}",  "cents": 1.50e2 }` : plain;
    return {
      topic,
      record: {
        partition,
        offset: String(offset),
        timestampMs: 1_790_000_000_000 + index * 13,
        key: text.includes('keyless') || text.includes('oops') ? null : key,
        value,
        headers: [
          ['source', 'web'],
          ['source', 'again'],
        ],
      },
    };
  });
}

function batches(records: { topic: string; record: LensRecord }[], size: number): { topic: string; records: LensRecord[] }[] {
  return Array.from({ length: Math.ceil(records.length / size) }, (_, index) => {
    const part = records.slice(index * size, (index + 1) * size);
    return { topic: part[0]?.topic ?? '', records: part.map(({ record }) => record) };
  });
}

export async function playSubmission(
  state: StubState,
  { submissionId, lesson, files }: { submissionId: string; lesson: string; files: Record<string, string> },
): Promise<void> {
  const text = files['main.ts'] ?? '';
  const submittedAt = new Date().toISOString();
  const submission: Submission = {
    submissionId,
    lesson,
    status: 'queued',
    position: 2,
    awaiting: null,
    submittedAt,
    files,
    checks: [],
    report: null,
  };
  state.submissions.unshift(submission);
  state.send({ type: 'submission.queued', submissionId, position: 2 });
  await pause(STEP_MS);
  if (text.includes('stay-queued')) return;
  Object.assign(submission, { status: 'grading', position: null });
  state.send({ type: 'submission.grading', submissionId, round: 1 });
  if (text.includes('stay-waiting')) {
    const awaiting = waitingFor('sandbox', { position: 3 });
    Object.assign(submission, { awaiting });
    return state.send({ type: 'submission.awaiting', submissionId, awaiting });
  }
  const titles = state.checksOf(lesson);
  const checks = text.includes('solution') ? passing(titles) : failing(lesson, titles);
  for (const check of checks) {
    await pause(STEP_MS);
    submission.checks.push(check);
    state.send({ type: 'check.result', submissionId, check });
    if (text.includes('stay-grading') && submission.checks.length === 2) return;
  }
  await state.mayReport;
  const report = reportOf(submission, checks, text.includes('our-fault'));
  Object.assign(submission, { status: 'finished', report });
  state.send({ type: 'submission.finished', submissionId, report });
}

function passing(titles: { id: string; title: string }[]): CheckResult[] {
  return titles.map(({ id, title }) => ({ id, title, status: 'pass' }));
}

/** The second check fails, the third needs it. */
function failing(lesson: string, titles: { id: string; title: string }[]): CheckResult[] {
  return passing(titles).map((check, index) => {
    if (index === 1) return lesson === 'log/keys' ? splitDrivers(check) : lostOrder(check);
    return index === 2 ? { id: check.id, title: check.title, status: 'skipped', needs: titles[1]?.id ?? null } : check;
  });
}

function splitDrivers({ id, title }: CheckResult): CheckResult {
  const coordinates = [
    [1, 1, 'e-1042'],
    [0, 2, 'e-1048'],
    [2, 4, 'e-1059'],
    [1, 16, 'e-1074'],
    [0, 10, 'e-1076'],
    [1, 18, 'e-1079'],
    [1, 19, 'e-1087'],
  ] as const;
  return {
    ...{ id, title, status: 'fail', round: 1, diagnosis: 'MISSING_KEY' },
    message: 'Driver 17 has 7 events: 2 in partition 0, 4 in partition 1, 1 in partition 2.',
    expected: 'All events of a driver in one partition.',
    question: 'What chooses the partition?',
    evidence: coordinates.map(([partition, offset, key], index) => ({
      ...{ kind: 'record', topic: 'driver-events', partition, offset: String(offset), key },
      observed: `driver 17, no. ${index + 1}`,
      expected: 'partition 1',
    })),
  };
}

function lostOrder({ id, title }: CheckResult): CheckResult {
  return {
    ...{ id, title, status: 'fail', round: 2, diagnosis: 'VALUE_NOT_BYTES' },
    message: 'Offset 3 holds order-1047, which is number 7 of the array.',
    expected: 'Number 4 of the array, `order-1044`.',
    question: 'When does the next `send` begin?',
    evidence: [
      {
        kind: 'record',
        topic: 'orders',
        partition: 0,
        offset: '3',
        key: 'order-1047',
        observed: 'number 7',
        expected: 'number 4',
      },
      {
        kind: 'record',
        topic: 'orders',
        partition: 0,
        offset: '4',
        key: 'order-1044',
        observed: 'number 4',
        expected: 'number 5',
      },
    ],
  };
}

function reportOf({ submissionId, lesson, submittedAt }: Submission, checks: CheckResult[], ourFault: boolean): Report {
  const at = (ms: number) => new Date(Date.parse(submittedAt) + ms).toISOString();
  const passed = checks.filter(({ status }) => status === 'pass').length;
  return {
    ...{ version: 1, submissionId, lesson, seed: 4104, rounds: 2, contentHash: 'c', graderHash: 'g' },
    status: ourFault ? 'error' : passed === checks.length ? 'pass' : 'fail',
    score: passed / checks.length,
    phases: { queued: submittedAt, started: at(100), ready: at(900), ran: at(4_000), graded: at(6_300) },
    checks: ourFault ? [] : checks,
    output: { text: '', truncated: false },
    error: ourFault ? 'Kafka went away while round 1 was running.' : null,
  };
}
