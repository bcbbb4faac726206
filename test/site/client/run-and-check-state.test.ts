import { describe, expect, test } from 'vitest';
import type { Report } from '#sandbox/protocol/report.ts';
import type { OutputChunk, Run } from '#sandbox/protocol/run.ts';
import type { Submission } from '#sandbox/protocol/submission.ts';
import { type Waiting, waitingFor } from '#sandbox/protocol/waiting.ts';
import { outputLines } from '../../../site/src/client/output-lines.ts';
import { NO_RUN, runAfterEvent, runFromServer } from '../../../site/src/client/run-state.ts';
import { NO_SUBMISSION, submissionAfterEvent, submissionFromServer } from '../../../site/src/client/submission-state.ts';
import { duration, endOfRun, waited } from '../../../site/src/client/words.ts';

const chunk = (seq: number, text: string, stream: OutputChunk['stream'] = 'stdout'): OutputChunk => ({
  seq,
  stream,
  text,
  atMs: seq * 10,
});
const sent = { ...NO_RUN, status: 'preparing', runId: 'r1', since: 1 } as const;

describe('a run', () => {
  test('goes from waiting to running to its end as the server reports', () => {
    const waiting = runAfterEvent(sent, { type: 'run.preparing', runId: 'r1', awaiting: waitingFor('kafka') }, 2);
    expect(waiting).toMatchObject({ status: 'preparing', awaiting: waitingFor('kafka'), since: 2 });
    const running = runAfterEvent(waiting, { type: 'run.started', runId: 'r1' }, 3);
    expect(running).toMatchObject({ status: 'running', awaiting: null, since: 3 });
    const result = { kind: 'exited', exitCode: 0, durationMs: 837 } as const;
    expect(runAfterEvent(running, { type: 'run.finished', runId: 'r1', result, error: null }, 4)).toMatchObject({
      status: 'finished',
      result,
    });
  });

  test('that moves up in a queue has waited since the wait began', () => {
    const event = (awaiting: Waiting) => ({ type: 'run.preparing', runId: 'r1', awaiting }) as const;
    const third = runAfterEvent(sent, event(waitingFor('sandbox', { position: 3 })), 5);
    const next = runAfterEvent(third, event(waitingFor('sandbox', { position: 1 })), 9);
    expect(next).toMatchObject({ awaiting: waitingFor('sandbox', { position: 1 }), since: 5 });
    expect(runAfterEvent(next, event(waitingFor('topics')), 12).since).toBe(12);
  });

  test('whose Flink is being fetched has waited since the fetching began', () => {
    const event = (progress: string) =>
      ({ type: 'run.preparing', runId: 'r1', awaiting: waitingFor('flink-start', { progress }) }) as const;
    const first = runAfterEvent(sent, event('file 1, a.jar'), 5);
    expect(runAfterEvent(first, event('file 2, b.jar'), 9)).toMatchObject({ awaiting: { progress: 'file 2, b.jar' }, since: 5 });
  });

  test('ignores events of other runs, and events after its end', () => {
    expect(runAfterEvent(sent, { type: 'run.started', runId: 'r2' }, 2)).toBe(sent);
    const ended = { ...sent, status: 'finished' } as const;
    expect(runAfterEvent(ended, { type: 'run.output', runId: 'r1', chunks: [chunk(0, 'late')] }, 2)).toBe(ended);
  });

  test('remembers what was done to it, each once, though the answer and the stream both tell of it', () => {
    const done = { kind: 'poison', atMs: 5, runMs: 1, forMs: null, record: { topic: 't', partition: 0, offset: '3' } } as const;
    const once = runAfterEvent(sent, { type: 'run.broken', runId: 'r1', done }, 2);
    expect(once.breaks).toEqual([done]);
    expect(runAfterEvent(once, { type: 'run.broken', runId: 'r1', done: { ...done } }, 3)).toBe(once);
    const more = { ...done, record: { ...done.record, offset: '4' } };
    expect(runAfterEvent(once, { type: 'run.broken', runId: 'r1', done: more }, 3).breaks).toEqual([done, more]);
  });

  test('shows each chunk once and in order, even when the stream repeats some', () => {
    const first = runAfterEvent(sent, { type: 'run.output', runId: 'r1', chunks: [chunk(0, 'a'), chunk(1, 'b')] }, 2);
    const again = runAfterEvent(first, { type: 'run.output', runId: 'r1', chunks: [chunk(1, 'b'), chunk(2, 'c')] }, 2);
    expect(again.chunks.map(({ text }) => text).join('')).toBe('abc');
  });

  test('read from the server keeps the start of its wait', () => {
    const run: Run = {
      runId: 'r1',
      lesson: 'log/append',
      files: { 'main.ts': 'mine' },
      cause: null,
      status: 'preparing',
      awaiting: null,
      seed: 1729,
      result: null,
      output: [],
      phases: {},
      sql: null,
      breaks: [],
      error: null,
    };
    expect(runFromServer(sent, run, 99)).toMatchObject({ since: 1, seed: 1729 });
    expect(runFromServer(sent, { ...run, status: 'running' }, 99)).toMatchObject({ status: 'running', since: 99 });
  });
});

describe('a submission', () => {
  const queued = { ...NO_SUBMISSION, status: 'queued', submissionId: 's1', position: 2, since: 1 } as const;
  const pass = { id: 'stored', title: 'Stored', status: 'pass' } as const;

  test('judges every check again in each round', () => {
    const first = submissionAfterEvent(queued, { type: 'submission.grading', submissionId: 's1', round: 1 }, 2);
    const known = submissionAfterEvent(first, { type: 'check.result', submissionId: 's1', check: pass }, 3);
    expect(known.checks).toEqual([pass]);
    expect(submissionAfterEvent(known, { type: 'submission.grading', submissionId: 's1', round: 2 }, 4)).toMatchObject({
      round: 2,
      checks: [],
    });
  });

  test('that waits for a sandbox shows it and since when, and continues once it has one', () => {
    const grading = submissionAfterEvent(queued, { type: 'submission.grading', submissionId: 's1', round: 1 }, 2);
    const awaiting = (what: Waiting | null) => ({ type: 'submission.awaiting', submissionId: 's1', awaiting: what }) as const;
    const third = submissionAfterEvent(grading, awaiting(waitingFor('flink', { position: 3 })), 5);
    const next = submissionAfterEvent(third, awaiting(waitingFor('flink', { position: 1 })), 9);
    expect(next).toMatchObject({ status: 'grading', round: 1, awaiting: waitingFor('flink', { position: 1 }), since: 5 });
    expect(submissionAfterEvent(next, awaiting(null), 12)).toMatchObject({ round: 1, awaiting: null, since: 12 });
  });

  test('that waits looks the same from the server as from the stream', () => {
    const answer: Submission = {
      ...{ submissionId: 's1', lesson: 'log/append', status: 'grading', position: null, awaiting: waitingFor('flink-start') },
      ...{ submittedAt: '2026-01-01T00:00:00.000Z', files: {}, checks: [], report: null },
    };
    expect(submissionFromServer(queued, answer, 7)).toMatchObject({
      status: 'grading',
      awaiting: waitingFor('flink-start'),
      since: 7,
    });
  });

  test('ends with its report', () => {
    const report = { submissionId: 's1', status: 'fail', checks: [pass] } as unknown as Report;
    const ended = submissionAfterEvent(queued, { type: 'submission.finished', submissionId: 's1', report }, 2);
    expect(ended).toMatchObject({ status: 'finished', report, checks: [pass] });
  });
});

describe('output', () => {
  test('is split into lines with the time of their first piece', () => {
    const lines = outputLines([chunk(0, 'one\ntw'), chunk(1, 'o\n'), chunk(2, 'bad', 'stderr'), chunk(3, 'three')]);
    expect(lines.map(({ atMs, stream, text }) => [atMs, stream, text])).toEqual([
      [0, 'stdout', 'one'],
      [0, 'stdout', 'two'],
      [20, 'stderr', 'bad'],
      [30, 'stdout', 'three'],
    ]);
  });

  test('keeps empty lines', () => {
    expect(outputLines([chunk(0, 'a\n\nb\n')]).map(({ text }) => text)).toEqual(['a', '', 'b']);
  });
});

describe('words', () => {
  test('an end says what ended the program and after how long', () => {
    expect(endOfRun({ kind: 'exited', exitCode: 0, durationMs: 837 })).toBe('exit 0 after 837 ms');
    expect(endOfRun({ kind: 'timed-out', limitMs: 20_000, durationMs: 20_011 })).toBe('stopped after 20 s: time limit');
    expect(endOfRun({ kind: 'output-limit', limitBytes: 65_536, durationMs: 1_200 })).toBe(
      'stopped after 1.2 s: more than 64 KiB of output',
    );
  });

  test('times carry their unit', () => {
    expect([duration(12), duration(6_200), duration(9_960), duration(20_000), duration(185_000)]).toEqual([
      '12 ms',
      '6.2 s',
      '10 s',
      '20 s',
      '3 min 5 s',
    ]);
    expect([waited(0, 400), waited(0, 4_900)]).toEqual(['0 s', '4 s']);
  });
});
