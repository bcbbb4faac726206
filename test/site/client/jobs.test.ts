import { describe, expect, test } from 'vitest';
import type { LensJob, LensOperator } from '#sandbox/protocol/lens.ts';
import { axisOfJob } from '../../../site/src/client/job-axis.ts';
import { inFlow, jobAt, jobsAfterEvent, jobsWithEarlier, NO_JOBS, sourceWatermark } from '../../../site/src/client/jobs-state.ts';
import type { KnownRecord } from '../../../site/src/client/record-log.ts';
import { sinkChanges } from '../../../site/src/client/sink-changes.ts';

const operator = (id: string, inputs: string[], watermarkMs: number | null = null): LensOperator => ({
  ...{ id, type: id, name: id, detail: '', says: '', parallelism: 1, inputs, recordsIn: 0, recordsOut: 0 },
  ...{ busyPercent: null, partitions: [], changelogMode: null },
  watermarkMs,
});
const job = (watermarkMs: number | null): LensJob => ({
  ...{ jobId: 'j', statement: 2, state: 'RUNNING' },
  operators: [operator('sink', ['source'], watermarkMs), operator('source', [], watermarkMs)],
});
const event = (atMs: number, watermarkMs: number | null) =>
  ({ type: 'lens.jobs', runId: 'r', atMs, jobs: [job(watermarkMs)] }) as const;

describe('the jobs of a run', () => {
  test('record how the watermark of their source advanced', () => {
    const view = [event(0, null), event(10, 5), event(20, 5), event(30, 7)].reduce(
      (before, { jobs, ...rest }) => jobsAfterEvent(before, { ...rest, jobs: [...jobs] }),
      NO_JOBS,
    );
    expect(view.atMs).toBe(30);
    expect(view.samples.map(({ atMs, watermarkMs }) => [atMs, watermarkMs])).toEqual([
      [10, 5],
      [30, 7],
    ]);
  });

  test('are sorted so that each operator comes after those that it reads from', () => {
    const operators = [operator('sink', ['join']), operator('join', ['a', 'b']), operator('b', []), operator('a', [])];
    expect(inFlow(operators).map(({ id }) => id)).toEqual(['a', 'b', 'join', 'sink']);
  });

  test('have the watermark of their slowest partition, and none while a partition has none yet', () => {
    const partitions = [3, 9].map((watermarkMs, partition) => ({ topic: 't', partition, watermarkMs }));
    expect(sourceWatermark({ ...operator('s', []), partitions })).toBe(3);
    expect(
      sourceWatermark({ ...operator('s', []), partitions: [...partitions, { topic: 't', partition: 2, watermarkMs: null }] }),
    ).toBeNull();
  });
});

describe('the time line of a job', () => {
  const seen = (atMs: number, state: string, watermarkMs: number | null = null) => ({
    atMs,
    jobs: [{ ...job(watermarkMs), state }],
  });
  const KEPT = [
    seen(300, 'CREATED'),
    seen(600, 'RUNNING'),
    seen(900, 'RUNNING', 5),
    seen(1_200, 'RESTARTING', 5),
    seen(1_500, 'RUNNING', 9),
    seen(1_800, 'FAILED', 9),
  ];
  const view = KEPT.reduce(jobsAfterEvent, NO_JOBS);

  test('shows state, watermark and counts as they were at a moment', () => {
    const at = (atMs: number) => {
      const found = jobAt(view.history, 'j', atMs);
      return found && [found.state, found.operators[1]?.watermarkMs];
    };
    expect([at(299), at(300), at(1_199), at(1_200), at(1_700), at(9_000)]).toEqual([
      null,
      ['CREATED', null],
      ['RUNNING', 5],
      ['RESTARTING', 5],
      ['RUNNING', 9],
      ['FAILED', 9],
    ]);
    expect(jobAt(view.history, 'another', 900)).toBeNull();
  });

  test('has what became of the job and what was broken as its events, by the time of the run', () => {
    const breaks = [{ kind: 'poison', atMs: 1, runMs: 1_000, forMs: null, record: null } as const];
    const axis = axisOfJob({ history: view.history, jobId: 'j', breaks, startedAt: 10_000, nowMs: 2_000 });
    expect([axis?.from, axis?.to]).toEqual([10_300, 12_000]);
    expect(axis?.events.map(({ at, title, isLoss, isBreak }) => [at, title, isLoss, isBreak ?? false])).toEqual([
      [10_300, 'job starting', false, false],
      [10_600, 'job running', false, false],
      [11_000, 'poison record', false, true],
      [11_200, 'job restarting', true, false],
      [11_500, 'job running', false, false],
      [11_800, 'job failed', true, false],
    ]);
    expect(axisOfJob({ history: [], jobId: 'j', breaks: [], startedAt: 0, nowMs: 9 })).toBeNull();
  });

  test('is whole after a reload: what the server kept, with what has come since, each once', () => {
    const since = KEPT.slice(4).reduce(jobsAfterEvent, { ...NO_JOBS, picked: { statement: 2 } });
    const whole = jobsWithEarlier(since, KEPT.slice(0, 5));
    expect(whole.history).toEqual(view.history);
    expect(whole.samples).toEqual(view.samples);
    expect([whole.atMs, whole.jobs[0]?.state, whole.picked]).toEqual([1_800, 'FAILED', { statement: 2 }]);
    // What was read of the jobs on opening the page is newer than what was kept of them.
    const given = [{ ...job(9), state: 'GIVEN_BACK' }];
    expect(jobsWithEarlier({ ...NO_JOBS, jobs: given }, KEPT).jobs).toEqual(given);
  });
});

describe('what a job wrote', () => {
  const record = (offset: number, key: string | null, value: object | null): KnownRecord => ({
    ...{ partition: 0, offset: String(offset), key, headers: [], arrivedAt: 0, timestampMs: 1_000 + offset, identity: key },
    value: value && JSON.stringify(value),
  });
  const sink = {
    name: 's',
    topic: 's',
    upsert: true,
    columns: ['customer', 'cents'],
    keyFields: ['customer'],
    rowtime: null,
    onEvent: false,
    fromLatest: false,
  };

  test('to an upsert sink is shown as changes, and adds up to the latest row of each key', () => {
    const { changes, table } = sinkChanges(
      [
        record(0, '{"customer":"ada"}', { customer: 'ada', cents: 5 }),
        record(1, '{"customer":"bo"}', { customer: 'bo', cents: 7 }),
        record(2, '{"customer":"ada"}', { customer: 'ada', cents: 8 }),
        record(3, '{"customer":"bo"}', null),
      ],
      sink,
      1_000,
    );
    expect(changes.map(({ op, values, atMs }) => [op, ...values, atMs])).toEqual([
      ['+I', 'ada', '5', 0],
      ['+I', 'bo', '7', 1],
      ['-U', 'ada', '5', 2],
      ['+U', 'ada', '8', 2],
      ['-D', 'bo', '7', 3],
    ]);
    expect(table).toEqual({ rows: [['ada', '8']], total: 1 });
  });

  test('to an append sink stays; columns that only the key has are read from the key', () => {
    const { changes, table } = sinkChanges(
      [record(0, 'ada', { cents: 5 }), record(1, 'ada', { cents: 6 })],
      { ...sink, upsert: false },
      null,
    );
    expect(changes.map(({ op }) => op)).toEqual(['+I', '+I']);
    expect(table.rows).toEqual([
      ['ada', '5'],
      ['ada', '6'],
    ]);
  });
});
