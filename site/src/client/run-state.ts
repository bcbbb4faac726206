/** The learner's last run as the page shows it, as a pure function of what the server sends. */

import type { RunBreak } from '#sandbox/protocol/break.ts';
import type { ServerEvent } from '#sandbox/protocol/event.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { OutputCause } from '#sandbox/protocol/report.ts';
import type { OutputChunk, Run, RunResult } from '#sandbox/protocol/run.ts';
import type { Waiting } from '#sandbox/protocol/waiting.ts';
import type { Problem } from './api/problem.ts';
import { NO_SQL, type SqlView, sqlAfterEvent, sqlFromServer } from './sql-state.ts';

export interface RunView {
  status: 'none' | 'sending' | 'preparing' | 'running' | 'stopping' | 'finished' | 'error' | 'refused';
  runId: string | null;
  /** What the run waits for while preparing. */
  awaiting: Waiting | null;
  /** When this status began, ms since 1970. */
  since: number;
  /** When the program started, ms since 1970; null before. */
  startedAt: number | null;
  seed: number | null;
  chunks: readonly OutputChunk[];
  /** The files that run or ran; null until the server has told those of a run that another page started. */
  files: Files | null;
  /** Statements and results of a SQL run. */
  sql: SqlView;
  /** What the learner did to it while it went on, in order. */
  breaks: readonly RunBreak[];
  result: RunResult | null;
  /** Why a failed program ended; null until known. */
  cause: OutputCause | null;
  /** Whether it was read from the server after its end: events lack its seed and its cause, and some may be lost. */
  isWhole: boolean;
  /** Text of a Streamwright error, with status `error`. */
  error: string | null;
  /** Why the server refused the run, with status `refused`. */
  problem: Problem | null;
}

export const NO_RUN: RunView = {
  status: 'none',
  runId: null,
  awaiting: null,
  since: 0,
  startedAt: null,
  seed: null,
  chunks: [],
  files: null,
  sql: NO_SQL,
  breaks: [],
  result: null,
  cause: null,
  isWhole: false,
  error: null,
  problem: null,
};

/** Returns whether the run has not ended yet. */
export function isRunUnderWay({ status }: RunView): boolean {
  return status === 'sending' || status === 'preparing' || status === 'running' || status === 'stopping';
}

/** Returns whether the page does not know yet all that there is to know about the run. */
export function isRunOpen(run: RunView): boolean {
  return run.runId !== null && !run.isWhole;
}

/** Returns the view after an event of this run; events of other runs change nothing. */
export function runAfterEvent(view: RunView, event: ServerEvent, now: number): RunView {
  if (!('runId' in event) || event.runId !== view.runId || !isRunUnderWay(view)) return view;
  switch (event.type) {
    case 'run.preparing':
      if (view.status === 'running') return view;
      return { ...view, status: 'preparing', awaiting: event.awaiting, since: isSameWait(view, event) ? view.since : now };
    case 'run.started':
      return { ...view, status: view.status === 'stopping' ? 'stopping' : 'running', awaiting: null, since: now, startedAt: now };
    case 'run.output':
      return { ...view, chunks: withChunks(view.chunks, event.chunks) };
    case 'sql.statement':
    case 'sql.changes':
    case 'sql.table':
      return { ...view, sql: sqlAfterEvent(view.sql, event) };
    case 'run.broken':
      return hasBreak(view, event.done) ? view : { ...view, breaks: [...view.breaks, event.done] };
    case 'run.finished':
      return {
        ...view,
        status: event.error === null ? 'finished' : 'error',
        awaiting: null,
        since: now,
        result: event.result,
        error: event.error,
      };
    default:
      return view;
  }
}

/** Returns the view for a response of `GET /api/runs/:id`; an unchanged status keeps its time. */
export function runFromServer(view: RunView, run: Run, now: number): RunView {
  const status = run.status !== 'finished' && run.status !== 'error' && view.status === 'stopping' ? 'stopping' : run.status;
  const since = view.runId === run.runId && view.status === status && isSameWait(view, run) ? view.since : now;
  const { runId, awaiting, seed, result, cause, files, error } = run;
  const isSame = view.runId === runId;
  return {
    status,
    runId,
    awaiting,
    since,
    startedAt: (isSame ? view.startedAt : null) ?? (run.elapsedMs === undefined ? null : now - run.elapsedMs),
    seed,
    result,
    cause,
    files,
    isWhole: run.status === 'finished' || run.status === 'error',
    error,
    chunks: withChunks([], run.output),
    sql: sqlFromServer(isSame ? view.sql : NO_SQL, run.sql),
    breaks: run.breaks,
    problem: null,
  };
}

function hasBreak({ breaks }: RunView, done: RunBreak): boolean {
  return breaks.some((one) => one.kind === done.kind && one.atMs === done.atMs && one.record?.offset === done.record?.offset);
}

/** Merges chunks in order of `seq`, each once: the stream repeats some after it was cut. */
function withChunks(have: readonly OutputChunk[], more: readonly OutputChunk[]): readonly OutputChunk[] {
  const last = have.at(-1)?.seq ?? -1;
  if (more.every((chunk, index) => chunk.seq === last + 1 + index)) return [...have, ...more];
  const bySeq = new Map([...have, ...more].map((chunk) => [chunk.seq, chunk]));
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** Returns whether both wait for the same; the position in a queue and progress do not count. */
function isSameWait(one: { awaiting: Waiting | null }, other: { awaiting: Waiting | null }): boolean {
  return one.awaiting?.for === other.awaiting?.for;
}
