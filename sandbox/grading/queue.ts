/**
 * Grades what was handed in, by turns of the learners, so that one who hands in often delays nobody. The store is the queue: whatever was accepted and has no report is graded, also when
 * the server ended in between, and a report is stored once.
 */

import { setTimeout as delay } from 'node:timers/promises';
import { PlatformError } from '#sandbox/errors.ts';
import type { ErrorCode } from '#sandbox/protocol/error.ts';
import type { CheckResult, Report } from '#sandbox/protocol/report.ts';
import { saysTheSame, type Waiting } from '#sandbox/protocol/waiting.ts';
import type { StoredSubmission } from '#sandbox/store/submission-rows.ts';
import type { Submissions } from '#sandbox/store/submissions.ts';
import { WaitingSubmissions, type WaitingSubmissionsOptions } from './waiting-submissions.ts';

/** What the queue knows of a submission that has no report yet. `position` is null while it is graded. */
export interface QueueState {
  position: number | null;
  /** What it waits for while it is graded. */
  awaiting: Waiting | null;
  checks: readonly CheckResult[];
}

export interface GradeHooks {
  signal: AbortSignal;
  onRound: (round: number) => void;
  /** Told what is awaited; null when nothing is. */
  onWait: (what: Waiting | null) => void;
  onCheck: (check: CheckResult) => void;
}

/** Grades one submission; faults of ours are a report with status `error`. Rejects only when the signal aborts. */
export type Grade = (submission: StoredSubmission, hooks: GradeHooks) => Promise<Report>;

export interface GradingQueue extends AsyncDisposable {
  /** Takes a submission that the store has accepted; returns at once. */
  add(submission: StoredSubmission): void;
  /** Null for a submission that is not in the queue. */
  state(submissionId: string): QueueState | null;
}

export interface QueueOptions extends WaitingSubmissionsOptions {
  submissions: Pick<Submissions, 'ungraded' | 'storeReport'>;
  grade: Grade;
  /** Submissions graded at the same time; of one learner at most half of them, rounded up, while others wait. */
  concurrency: number;
  /** Between two tries to store a verdict. */
  storePauseMs?: number;
  onFault: (error: unknown, submissionId: string) => void;
}

interface Job {
  submission: StoredSubmission;
  awaiting: Waiting | null;
  checks: Map<string, CheckResult>;
}

/** What may be over in a while. */
const PASSING: readonly ErrorCode[] = ['DISK_FULL', 'STORE_BUSY'];
const STORE_PAUSE_MS = 5000;

/** Opens the queue with what an earlier start of the server left ungraded. */
export async function openQueue(options: QueueOptions): Promise<GradingQueue> {
  const { submissions, grade, concurrency, publish, storePauseMs = STORE_PAUSE_MS, onFault } = options;
  const waiting = new WaitingSubmissions(options);
  const mostOfOne = Math.ceil(concurrency / 2);
  const grading = new Map<Job, Promise<void>>();
  const stopped = new AbortController();

  function add(submission: StoredSubmission): void {
    waiting.add(submission);
    next();
  }

  function next(): void {
    while (!stopped.signal.aborted && grading.size < concurrency) {
      const submission = waiting.take((learnerId) => gradingOf(learnerId) < mostOfOne);
      if (!submission) return;
      const job: Job = { submission, awaiting: null, checks: new Map() };
      const work = finish(job).finally(() => {
        grading.delete(job);
        next();
      });
      grading.set(job, work);
    }
  }

  function gradingOf(learnerId: unknown): number {
    return [...grading.keys()].filter(({ submission }) => submission.learnerId === learnerId).length;
  }

  function awaits(job: Job, awaiting: Waiting | null): void {
    if (saysTheSame(job.awaiting, awaiting)) return;
    job.awaiting = awaiting;
    publish(job.submission.learnerId, { type: 'submission.awaiting', submissionId: job.submission.id, awaiting });
  }

  async function finish(job: Job): Promise<void> {
    const { submission, checks } = job;
    const { id: submissionId, learnerId } = submission;
    try {
      const report = await grade(submission, {
        signal: stopped.signal,
        onRound: (round) => publish(learnerId, { type: 'submission.grading', submissionId, round }),
        onWait: (what) => awaits(job, what),
        onCheck: (check) => {
          checks.set(check.id, check);
          publish(learnerId, { type: 'check.result', submissionId, check });
        },
      });
      // A grading that was cut short by the server's end says nothing about the program: it is graded again at the next start.
      if (stopped.signal.aborted) return;
      await store(report);
      publish(learnerId, { type: 'submission.finished', submissionId, report });
    } catch (error) {
      if (!stopped.signal.aborted) onFault(error, submissionId);
    }
  }

  /** A full disk or a locked database must not lose a verdict: it is tried again until it is stored. */
  async function store(report: Report): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await submissions.storeReport(report, new Date());
        return;
      } catch (error) {
        const passes = error instanceof PlatformError && PASSING.includes(error.code);
        if (!passes) throw error;
        if (attempt === 1) onFault(error, report.submissionId);
        await delay(storePauseMs, undefined, { signal: stopped.signal });
      }
    }
  }

  for (const submission of await submissions.ungraded()) add(submission);
  return {
    add,
    state(submissionId) {
      const position = waiting.position(submissionId);
      if (position !== null) return { position, awaiting: null, checks: [] };
      const job = [...grading.keys()].find(({ submission }) => submission.id === submissionId);
      return job ? { position: null, awaiting: job.awaiting, checks: [...job.checks.values()] } : null;
    },
    async [Symbol.asyncDispose]() {
      stopped.abort(new Error('the server stops'));
      waiting[Symbol.dispose]();
      await Promise.all(grading.values());
    },
  };
}
