/** State and actions of one exercise. Uses no framework; time, storage, server and timers are passed in. */
import type { ServerEvent } from '#sandbox/protocol/event.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { SqlRange } from '#sandbox/protocol/sql.ts';
import type { Api } from './api.ts';
import { createCheckActions } from './check-actions.ts';
import { createDrafts, type DraftOptions } from './drafts.ts';
import type { ExercisePlan } from './exercise-plan.ts';
import { type ExerciseState, initialState } from './exercise-state.ts';
import { createLensActions } from './lens-actions.ts';
import { type DraftStorage, openLocalDrafts } from './local-draft.ts';
import { createRunActions } from './run-actions.ts';
import { isRunUnderWay } from './run-state.ts';
import { createStore } from './store.ts';
import { isGradingUnderWay } from './submission-state.ts';

export interface ExerciseOptions extends Pick<DraftOptions, 'now' | 'later' | 'exclusive'> {
  plan: ExercisePlan;
  starter: Files;
  api: Api;
  storage: DraftStorage;
}

export type Exercise = ReturnType<typeof createExercise>;

export function createExercise({ plan, starter, api, storage, now, later, exclusive }: ExerciseOptions) {
  const initial = initialState(plan);
  const store = createStore<ExerciseState>(initial);
  const replaced = new Set<(files: Files) => void>();
  const revealed = new Set<(range: SqlRange) => void>();
  const drafts = createDrafts({
    lesson: plan.lesson,
    starter,
    local: openLocalDrafts(storage, plan.lesson),
    api,
    now,
    later,
    exclusive,
    onReplace: (files) => {
      for (const take of replaced) take(files);
    },
    onChange: (view) => store.set({ drafts: view }),
  });
  store.set({ drafts: drafts.view() });
  const context = { plan, store, api, now, files: drafts.files };
  const hints = openHints(storage, plan.lesson);
  const runs = createRunActions(context);
  const lens = createLensActions(context);
  const checks = createCheckActions(context, ({ status }) => {
    if (status !== 'error') setHints({ next: true });
  });
  let askedForSandbox = false;

  function setHints(change: Partial<ExerciseState['hints']>) {
    const next = { ...store.get().hints, ...change };
    hints.write(next);
    store.set({ hints: next });
  }

  return {
    plan,
    /** The state that the page was built with; hydration starts from it. */
    initial,
    get: store.get,
    subscribe: store.subscribe,
    drafts,
    /** Registers a callback for files that change other than by typing. */
    onReplaced(take: (files: Files) => void) {
      replaced.add(take);
    },

    /** Restores the learner's work from this browser and the server. */
    async start() {
      store.set({ hints: hints.read() ?? store.get().hints });
      await Promise.all([drafts.start(), this.readFiles(), checks.readLast(), this.readLastRun()]);
    },
    async readFiles() {
      const outcome = await api.exercise(plan.lesson);
      if (outcome.ok) store.set({ readOnlyFiles: outcome.value.readOnlyFiles, runMs: outcome.value.limits.runMs });
    },
    async readLastRun() {
      const answer = await lens.readTopics();
      if (!answer || answer.runId === null || store.get().run.status !== 'none') return;
      if (await runs.read(answer.runId)) lens.show(answer.runId, answer.topics);
    },

    hear(event: ServerEvent) {
      runs.hear(event);
      checks.hear(event);
      lens.hear(event);
    },
    /** Called when events may have been missed. */
    async readAgain() {
      if (store.get().readOnlyFiles === null) void this.readFiles();
      await Promise.all([runs.readAgain(), checks.readAgain(), lens.readAgain()]);
    },
    /** Returns whether a run or a check has not ended yet. */
    busy: () => isRunUnderWay(store.get().run) || isGradingUnderWay(store.get().submission),

    /** Prepares what the exercise needs before it is needed, once. */
    async readySandbox() {
      if (askedForSandbox) return;
      askedForSandbox = true;
      const outcome = await api.readySandbox(plan.lesson);
      if (outcome.ok || outcome.problem.code === 'OFFLINE') return;
      store.set({ sandboxProblem: outcome.problem });
    },
    async run() {
      void this.readySandbox();
      store.set({ sandboxProblem: null });
      await runs.run();
      lens.hearEarly();
    },
    stop: () => runs.stop(),
    async check() {
      void this.readySandbox();
      drafts.forgetAside();
      lens.closeEvidence();
      await checks.check();
    },
    openReport: checks.open,
    closeReport: checks.closeOpened,

    selectFile: (file: string) => store.set({ file }),
    onReveal(show: (range: SqlRange) => void) {
      revealed.add(show);
    },
    /** Opens a file and selects a range of it. */
    reveal(file: string, range: SqlRange) {
      store.set({ file });
      for (const show of revealed) show(range);
    },
    setTabFree: (tabFree: boolean) => store.set({ tabFree }),
    showHint() {
      const { shown, next } = store.get().hints;
      if (next && shown < plan.hints.length) setHints({ shown: shown + 1, next: false });
    },
    pickTopic: lens.pick,
    needRecords: lens.need,
    showEvidence: lens.showEvidence,
    closeEvidence: lens.closeEvidence,
  };
}

/** Opens this browser's record of the hints shown so far. */
function openHints(storage: DraftStorage, lesson: string) {
  const key = `streamwright:hints:${lesson}`;
  return {
    read(): ExerciseState['hints'] | null {
      try {
        return JSON.parse(storage.getItem(key) ?? 'null');
      } catch {
        return null;
      }
    },
    /** @returns false in a browser that stores nothing: after a reload, the hints start over */
    write(hints: ExerciseState['hints']): boolean {
      try {
        storage.setItem(key, JSON.stringify(hints));
        return true;
      } catch {
        return false;
      }
    },
  };
}
