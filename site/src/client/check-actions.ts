/** Check: sends a submission, follows it to its report, and opens earlier reports. */
import { counted } from '#lessons/counted.ts';
import type { ServerEvent } from '#sandbox/protocol/event.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { Report } from '#sandbox/protocol/report.ts';
import { type DraftStorage, sameFiles } from './drafts/local-draft.ts';
import type { ExerciseContext } from './exercise-context.ts';
import { openPendingCheck, type PendingCheck } from './pending-check.ts';
import { sendUntilAnswered } from './send-until-answered.ts';
import {
  isGradingUnderWay,
  NO_SUBMISSION,
  type SubmissionView,
  submissionAfterEvent,
  submissionFromServer,
} from './submission-state.ts';

interface CheckOptions {
  storage: DraftStorage;
  /** @param files what was checked; null when an earlier page has sent it */
  onFinished: (report: Report, files: Files | null) => void;
  /** Called when the report in front is one that passed. */
  onPassed: () => void;
}

export function createCheckActions(context: ExerciseContext, { storage, onFinished, onPassed }: CheckOptions) {
  const { plan, store, api, files, now } = context;
  const pending = openPendingCheck(storage, plan.lesson);
  let early: ServerEvent[] = [];
  let isListRead = false;
  let sending: AbortController | null = null;
  let sent: Files | null = null;

  function set(submission: SubmissionView) {
    const { report } = submission;
    const ended = isGradingUnderWay(store.get().submission) && report !== null;
    if (report?.status === 'pass' && report !== store.get().submission.report) onPassed();
    store.set({ submission, ...(ended ? { announcement: announce(report) } : {}) });
    if (ended) {
      onFinished(report, sent);
      void readList();
    }
  }

  async function readList() {
    isListRead = false;
    const outcome = await api.submissions(plan.lesson);
    if (!outcome.ok) return null;
    isListRead = true;
    const { submissions, left, limit, freeAt } = outcome.value;
    store.set({ earlier: submissions, attempts: { left, limit, freeAt } });
    return submissions;
  }

  function hear(event: ServerEvent) {
    const { submission } = store.get();
    if (submission.status === 'sending') early.push(event);
    const next = submissionAfterEvent(submission, event, now());
    if (next !== submission) set(next);
  }

  /** Sends a check until the server has answered, and again after a reload, always with its own key. */
  async function send(check: PendingCheck) {
    const { submission: before } = store.get();
    early = [];
    sending = new AbortController();
    pending.keep(check);
    sent = check.files;
    store.set({ opened: null, refusal: null, results: 'report', announcement: '' });
    set({ ...NO_SUBMISSION, status: 'sending', since: now() });
    const work = { lesson: plan.lesson, files: check.files };
    const outcome = await sendUntilAnswered(() => api.submit(work, check.key), context, sending.signal);
    sending = null;
    pending.forget(check.key);
    if (outcome === null) return set(before);
    if (!outcome.ok) {
      set(before);
      store.set({ refusal: outcome.problem, announcement: `Not checked: ${outcome.problem.message}` });
      return;
    }
    set({ ...store.get().submission, status: 'queued', submissionId: outcome.value.submissionId });
    for (const event of early) hear(event);
    early = [];
    void readList();
  }

  return {
    hear,

    async check() {
      if (isGradingUnderWay(store.get().submission)) return;
      const key = crypto.randomUUID?.() ?? `${now()}-${Math.random().toString(36).slice(2)}`;
      await send({ key, files: files(), at: now() });
    },

    /** Stops sending a check that the server has not answered. */
    giveUp: () => sending?.abort(),

    async readAgain() {
      if (!isListRead) void readList();
      const { submission } = store.get();
      if (submission.submissionId === null || !isGradingUnderWay(submission)) return;
      const outcome = await api.submission(submission.submissionId);
      const now_ = store.get().submission;
      if (outcome.ok && now_.submissionId === outcome.value.submissionId && isGradingUnderWay(now_)) {
        set(submissionFromServer(now_, outcome.value, now()));
      }
    },

    /**
     * Sends the check again that a closed page had not brought to an end, unless the text has changed since; else reads the list and shows the newest submission, from
     * whichever browser it was submitted.
     *
     * @returns whether it was read
     */
    async readLast(): Promise<boolean> {
      const unanswered = pending.read(now());
      if (unanswered && store.get().submission.status === 'none') {
        if (sameFiles(unanswered.files, files())) {
          void send(unanswered);
          return true;
        }
        pending.forget(unanswered.key);
      }
      const submissions = await readList();
      const [newest] = submissions ?? [];
      if (submissions === null || !newest || store.get().submission.status !== 'none') return submissions !== null;
      const outcome = await api.submission(newest.submissionId);
      if (outcome.ok && store.get().submission.status === 'none') set(submissionFromServer(NO_SUBMISSION, outcome.value, now()));
      return outcome.ok;
    },

    /** Reads the newest submission when this page does not know it: another tab's, or one of which the answer was lost. */
    async readNewest() {
      const { earlier, submission } = store.get();
      const known = [submission, ...earlier].map((one) => one.submissionId);
      const [newest] = (await readList()) ?? [];
      if (!newest || known.includes(newest.submissionId) || isGradingUnderWay(store.get().submission)) return;
      const outcome = await api.submission(newest.submissionId);
      if (outcome.ok && !isGradingUnderWay(store.get().submission))
        set(submissionFromServer(NO_SUBMISSION, outcome.value, now()));
    },

    /** Opens an earlier report again that could not be read while the server was away. */
    async openAgain() {
      const { opened } = store.get();
      if (opened?.problem?.code === 'OFFLINE') await this.open(opened.submissionId);
    },

    async open(submissionId: string) {
      store.set({ opened: { submissionId, submission: null, problem: null } });
      const outcome = await api.submission(submissionId);
      if (store.get().opened?.submissionId !== submissionId) return;
      store.set({
        opened: outcome.ok
          ? { submissionId, submission: outcome.value, problem: null }
          : { submissionId, submission: null, problem: outcome.problem },
      });
    },

    closeOpened: () => store.set({ opened: null }),
    showResults: (results: 'report' | 'earlier') => store.set({ results }),
  };
}

function announce({ status, checks }: Report): string {
  if (status === 'error') return 'A Streamwright error ended this check. No attempt was used.';
  const passed = checks.filter((check) => check.status === 'pass').length;
  const failed = checks.find((check) => check.status === 'fail');
  return `${passed} of ${counted(checks.length, 'check')} passed.${failed ? ` First failure: ${failed.title}.` : ''}`;
}
