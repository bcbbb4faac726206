/** The server's routes as functions. Each returns an outcome; none throws. */

import { visible, visibleData } from '#lessons/visible.ts';
import type { BreakRequest, RunBreak } from '#sandbox/protocol/break.ts';
import type { Draft } from '#sandbox/protocol/draft.ts';
import type { ApiError } from '#sandbox/protocol/error.ts';
import type { Health } from '#sandbox/protocol/health.ts';
import type { Solution } from '#sandbox/protocol/help.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { LensGroup, LensHistory, LensJob, LensRecord, LensTopic } from '#sandbox/protocol/lens.ts';
import type { ExerciseView } from '#sandbox/protocol/lesson.ts';
import type { Run, RunSummary } from '#sandbox/protocol/run.ts';
import type { SqlChecked, SqlCompletions } from '#sandbox/protocol/sql.ts';
import type { Progress, Submission, SubmissionSummary } from '#sandbox/protocol/submission.ts';
import type { Outcome, Problem } from './problem.ts';
import { reached } from './reached.ts';

const AGAIN_AFTER_MS = 300;

type Work = { lesson: string; files: Files };

export const api = {
  health: () => request<Health>('GET', '/api/health'),
  exercise: (lesson: string) => request<ExerciseView>('GET', `/api/lessons/${lesson}`, { shown: asWritten }),
  draft: (lesson: string) => request<Draft>('GET', `/api/drafts/${lesson}`, { shown: asWritten }),
  /** @param keepalive lets the request outlive the page; browsers allow it for bodies up to 64 KB */
  putDraft: (lesson: string, files: Files, base: number, keepalive = false) =>
    request<Draft>('PUT', `/api/drafts/${lesson}`, {
      body: { files },
      headers: { 'if-match': `"${base}"` },
      keepalive,
      shown: asWritten,
    }),
  readySandbox: (lesson: string) => request<unknown>('POST', '/api/sandbox', { body: { lesson } }),
  startRun: (work: Work) => request<{ runId: string }>('POST', '/api/runs', { body: work }),
  run: (runId: string) => request<Run>('GET', `/api/runs/${runId}`, { shown: shownRun }),
  lastRun: (lesson: string) =>
    request<{ run: Run | null; ended: RunSummary[] }>('GET', `/api/runs?lesson=${encodeURIComponent(lesson)}`, {
      shown: (answer) => ({ ...visibleData(answer), run: answer.run && shownRun(answer.run) }),
    }),
  sqlCheck: (work: Work) => request<SqlChecked>('POST', '/api/sql/check', { body: work }),
  sqlComplete: (at: Work & { line: number; column: number }) =>
    request<SqlCompletions>('POST', '/api/sql/complete', { body: at, shown: asWritten }),
  stopRun: (runId: string) => request<unknown>('DELETE', `/api/runs/${runId}`),
  breakRun: (runId: string, what: BreakRequest) => request<RunBreak>('POST', `/api/runs/${runId}/breaks`, { body: what }),
  submit: (work: Work, idempotencyKey: string) =>
    request<{ submissionId: string }>('POST', '/api/submissions', { body: work, headers: { 'idempotency-key': idempotencyKey } }),
  submission: (submissionId: string) =>
    request<Submission>('GET', `/api/submissions/${submissionId}`, {
      shown: (submission) => ({ ...visibleData(submission), files: submission.files }),
    }),
  submissions: (lesson: string) =>
    request<{ submissions: SubmissionSummary[]; left: number; limit: number; freeAt: string | null }>(
      'GET',
      `/api/submissions?lesson=${encodeURIComponent(lesson)}`,
    ),
  showHints: (lesson: string, shown: number) => request<{ shown: number }>('PUT', `/api/hints/${lesson}`, { body: { shown } }),
  solution: (lesson: string) => request<Solution>('GET', `/api/solutions/${lesson}`, { shown: asWritten }),
  askSolution: (lesson: string) => request<Solution>('POST', `/api/solutions/${lesson}`, { shown: asWritten }),
  progress: () => request<Progress>('GET', '/api/progress'),
  lensTopics: () => request<{ runId: string | null; topics: LensTopic[] }>('GET', '/api/lens/topics'),
  lensGroups: () => request<{ groups: LensGroup[] }>('GET', '/api/lens/groups'),
  lensJobs: () => request<{ jobs: LensJob[] }>('GET', '/api/lens/jobs'),
  lensHistory: () => request<LensHistory>('GET', '/api/lens/history'),
  lensRecords: (topic: string, partition: number, offset: number) =>
    request<{ topic: string; records: LensRecord[] }>(
      'GET',
      `/api/lens/topics/${topic}/records?partition=${partition}&offset=${offset}`,
    ),
};

export type Api = typeof api;

interface RequestOptions<T> {
  body?: unknown;
  headers?: Record<string, string>;
  keepalive?: boolean;
  /** Makes an answer fit to be shown: all of its texts visible, unless the page needs some as they were written. */
  shown?: (answer: T) => T;
}

/** Its files are compared with the editor's. */
const shownRun = (run: Run): Run => ({ ...visibleData(run), files: run.files });

/** For what goes into the editor. */
const asWritten = <T>(answer: T): T => answer;

async function request<T>(
  method: string,
  path: string,
  { body, headers = {}, keepalive = false, shown = visibleData }: RequestOptions<T> = {},
): Promise<Outcome<T>> {
  const send = async () => {
    const response = await fetch(path, {
      method,
      keepalive,
      // After Back, a browser fills a page with what it has kept, unless it may keep nothing.
      cache: 'no-store',
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { response, text: await response.text() };
  };
  try {
    const { response, text } = await send().catch((error) => (method === 'PUT' ? Promise.reject(error) : againAfterPause(send)));
    const value: T = text === '' || !response.ok ? null : JSON.parse(text);
    reached.tell(true);
    if (!response.ok) return { ok: false, problem: problemOf(response, text) };
    return { ok: true, value: shown(value) };
  } catch {
    reached.tell(false);
    return { ok: false, problem: OFFLINE };
  }
}

/**
 * Sends a request again after a pause. Browsers abort pending requests when the machine's networks change, as they do when a container
 * starts. A second request is safe: a run replaces the one before it, a submission has its key. Drafts have a version and their own retry.
 */
async function againAfterPause<T>(send: () => Promise<T>): Promise<T> {
  await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
  return send();
}

const OFFLINE: Problem = {
  code: 'OFFLINE',
  message: 'The server is not responding.',
  hint: 'Your text is kept in this browser. The page keeps asking, and says when the server is back.',
};

function problemOf({ status, headers }: Response, text: string): Problem {
  try {
    const error: ApiError = JSON.parse(text);
    if (typeof error.code === 'string' && typeof error.message === 'string')
      return { ...error, message: visible(error.message), hint: visible(error.hint), ...waitOf(headers) };
    return unreadable(status);
  } catch {
    return unreadable(status);
  }
}

/** Our server sends whole seconds. */
function waitOf(headers: Headers): Pick<Problem, 'retryAfterMs'> {
  const seconds = headers.get('retry-after') ?? '';
  return /^\d{1,6}$/.test(seconds) ? { retryAfterMs: Number(seconds) * 1000 } : {};
}

function unreadable(status: number): Problem {
  return {
    code: 'INTERNAL',
    message: `The server returned status ${status} without an explanation.`,
    hint: 'Try again.',
  };
}
