/** Check: sends a submission, follows it to its report, and opens earlier reports. */
import type { ServerEvent } from '#sandbox/protocol/event.ts';
import type { Report } from '#sandbox/protocol/report.ts';
import type { Problem } from './api/problem.ts';
import type { ExerciseContext } from './exercise-context.ts';
import {
  isGradingUnderWay,
  NO_SUBMISSION,
  type SubmissionView,
  submissionAfterEvent,
  submissionFromServer,
} from './submission-state.ts';

/** Pauses before a submission that was not stored is sent again. It has the same key, which the server accepts once. */
const SEND_AGAIN_MS = [500, 2_000];
const PASSING: readonly Problem['code'][] = ['OFFLINE', 'STORE_BUSY', 'SERVER_BUSY'];

export function createCheckActions({ plan, store, api, files, now }: ExerciseContext, onFinished: (report: Report) => void) {
  let early: ServerEvent[] = [];

  function set(submission: SubmissionView) {
    const { report } = submission;
    const ended = isGradingUnderWay(store.get().submission) && report !== null;
    store.set({ submission, ...(ended ? { announcement: announce(report) } : {}) });
    if (ended) {
      onFinished(report);
      void readList();
    }
  }

  async function send() {
    const work = { lesson: plan.lesson, files: files() };
    const key = crypto.randomUUID?.() ?? `${now()}-${Math.random().toString(36).slice(2)}`;
    let outcome = await api.submit(work, key);
    for (const ms of SEND_AGAIN_MS) {
      if (outcome.ok || !PASSING.includes(outcome.problem.code)) break;
      const pauseMs = outcome.problem.retryAfterMs ?? ms;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      outcome = await api.submit(work, key);
    }
    return outcome;
  }

  async function readList() {
    const outcome = await api.submissions(plan.lesson);
    if (!outcome.ok) return null;
    const { submissions, left, limit } = outcome.value;
    store.set({ earlier: submissions, attempts: { left, limit } });
    return submissions;
  }

  return {
    async check() {
      if (isGradingUnderWay(store.get().submission)) return;
      early = [];
      store.set({ opened: null });
      set({ ...NO_SUBMISSION, status: 'sending', since: now() });
      const outcome = await send();
      if (!outcome.ok) {
        set({ ...NO_SUBMISSION, status: 'refused', since: now(), problem: outcome.problem });
        store.set({ announcement: `Not checked: ${outcome.problem.message}` });
        return;
      }
      set({ ...store.get().submission, status: 'queued', submissionId: outcome.value.submissionId });
      for (const event of early) this.hear(event);
      early = [];
      void readList();
    },

    hear(event: ServerEvent) {
      const { submission } = store.get();
      if (submission.status === 'sending') early.push(event);
      const next = submissionAfterEvent(submission, event, now());
      if (next !== submission) set(next);
    },

    async readAgain() {
      const { submission } = store.get();
      if (submission.submissionId === null || !isGradingUnderWay(submission)) return;
      const outcome = await api.submission(submission.submissionId);
      const now_ = store.get().submission;
      if (outcome.ok && now_.submissionId === outcome.value.submissionId && isGradingUnderWay(now_)) {
        set(submissionFromServer(now_, outcome.value, now()));
      }
    },

    /** Reads the list of submissions and shows the newest, from whichever browser it was submitted. */
    async readLast() {
      const newest = (await readList())?.[0];
      if (!newest || store.get().submission.status !== 'none') return;
      const outcome = await api.submission(newest.submissionId);
      if (outcome.ok && store.get().submission.status === 'none') set(submissionFromServer(NO_SUBMISSION, outcome.value, now()));
    },

    async open(submissionId: string) {
      store.set({ opened: { submissionId, report: null, problem: null } });
      const outcome = await api.submission(submissionId);
      if (store.get().opened?.submissionId !== submissionId) return;
      store.set({
        opened: {
          submissionId,
          report: outcome.ok ? outcome.value.report : null,
          problem: outcome.ok ? null : outcome.problem,
        },
      });
    },

    closeOpened() {
      store.set({ opened: null });
    },
  };
}

function announce({ status, checks }: Report): string {
  if (status === 'error') return 'A Streamwright error ended this check. No attempt was used.';
  const passed = checks.filter((check) => check.status === 'pass').length;
  const failed = checks.find((check) => check.status === 'fail');
  return `${passed} of ${checks.length} checks passed.${failed ? ` First failure: ${failed.title}.` : ''}`;
}
