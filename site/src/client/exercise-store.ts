/** State and actions of one exercise. Uses no framework; time, storage, server and timers are passed in. */
import type { ServerEvent } from '#sandbox/protocol/event.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { SqlRange } from '#sandbox/protocol/sql.ts';
import type { Api } from './api/api.ts';
import { createBreakActions } from './break-actions.ts';
import { createCheckActions } from './check-actions.ts';
import { type TextKey, textOf } from './compare-texts.ts';
import { createConnection } from './connection.ts';
import { createDrafts, type DraftOptions } from './drafts/drafts.ts';
import { type DraftStorage, openLocalDrafts, sameFiles } from './drafts/local-draft.ts';
import type { ExercisePlan } from './exercise-plan.ts';
import { type ExerciseState, initialState } from './exercise-state.ts';
import { createHintActions } from './hint-actions.ts';
import { createLensActions } from './lens-actions.ts';
import { createListeners } from './listeners.ts';
import { type CourseStep, nextStep } from './next-step.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { createPassing } from './passing.ts';
import { readOnce } from './read-once.ts';
import { createRunActions } from './run-actions.ts';
import { isRunOpen, isRunUnderWay } from './run-state.ts';
import { createSandboxActions } from './sandbox-actions.ts';
import { createSolutionActions } from './solution-actions.ts';
import { createStore } from './store.ts';
import { isGradingUnderWay } from './submission-state.ts';
import { createTextActions } from './text-actions.ts';

export interface ExerciseOptions extends Pick<DraftOptions, 'now' | 'later' | 'exclusive'> {
  plan: ExercisePlan;
  starter: Files;
  api: Api;
  storage: DraftStorage;
  /** Every lesson of the course, in order. */
  course: () => readonly CourseStep[];
}

export type Exercise = ReturnType<typeof createExercise>;

export function createExercise({ plan, starter, api, storage, course, now, later, exclusive }: ExerciseOptions) {
  const initial = initialState(plan);
  const store = createStore<ExerciseState>(initial);
  const replaced = createListeners<Files>();
  const revealed = createListeners<SqlRange>();
  const drafts = createDrafts({
    ...{ lesson: plan.lesson, starter, local: openLocalDrafts(storage, plan.lesson) },
    ...{ api, now, later, exclusive },
    onReplace: replaced.tell,
    onChange: (view) => store.set({ drafts: view }),
  });
  store.set({ drafts: drafts.view() });
  const context = { plan, store, api, now, later, files: drafts.files };
  const hints = createHintActions(context, storage);
  const solution = createSolutionActions(context);
  const passing = createPassing(context);
  const texts = createTextActions(context, solution.need);
  const sandbox = createSandboxActions(context);
  const runs = createRunActions(context);
  const lens = createLensActions(context);
  const breaks = createBreakActions(context);
  const checks = createCheckActions(context, {
    storage,
    onFinished: (report, sent) => {
      if (report.status !== 'error') hints.allowNext();
      if (report.status === 'pass') passing.passed(report, sent !== null && !sameFiles(sent, drafts.files()));
    },
    onPassed: () => void readProgress(),
  });
  const readRest = readOnce([readFiles, readProgress, checks.readLast, readLastRun]);
  const connection = createConnection(context, () => {
    drafts.retry();
    solution.forgetAway();
    void sandbox.readyAgain();
    void comeBack();
  });

  async function readAgain(): Promise<void> {
    await Promise.all([readRest(), runs.readAgain(), checks.readAgain(), lens.readAgain()]);
  }

  const readElsewhere = oneAtATime(() =>
    Promise.all([readAgain(), readProgress(), readNewestRun(), checks.readNewest(), checks.openAgain()]),
  );

  /** Reads what may have been done elsewhere, or was broken off. */
  async function comeBack(): Promise<void> {
    drafts.look();
    hints.restore();
    await readElsewhere();
  }

  async function readNewestRun(): Promise<void> {
    if (await runs.readNewest()) await lens.showRun();
  }

  /** Reads what the learner has passed, what comes next, and what help was given here. */
  async function readProgress(): Promise<boolean> {
    const outcome = await api.progress();
    if (!outcome.ok) return false;
    const { lessons } = outcome.value;
    const progress = lessons.find(({ lesson }) => lesson === plan.lesson) ?? null;
    const passedLessons = lessons.flatMap(({ lesson, state }) => (state === 'passed' ? [lesson] : []));
    store.set({ progress, passedLessons, next: nextStep(course(), lessons, plan.lesson) });
    if (progress) hints.compare(progress);
    return true;
  }

  async function readFiles(): Promise<boolean> {
    const outcome = await api.exercise(plan.lesson);
    if (outcome.ok) store.set({ readOnlyFiles: outcome.value.readOnlyFiles, limits: outcome.value.limits });
    return outcome.ok;
  }

  async function readLastRun(): Promise<boolean> {
    const isRead = await runs.readLast();
    return (await lens.showRun()) && isRead;
  }

  return {
    plan,
    course,
    /** The state that the page was built with; hydration starts from it. */
    initial,
    get: store.get,
    subscribe: store.subscribe,
    drafts,
    /** Registers a callback for files that change other than by typing. */
    onReplaced: replaced.add,

    /** Restores the learner's work from this browser and the server. */
    async start() {
      hints.restore();
      await Promise.all([drafts.start(), readRest()]);
    },

    hear(event: ServerEvent) {
      runs.hear(event);
      checks.hear(event);
      lens.hear(event);
    },
    /** Called when events may have been missed. */
    readAgain,
    /** Called when the learner comes back to the page. */
    comeBack,
    /** Called after each request with whether the server responded. */
    reached: connection.told,
    /** Asks whether the server responds. */
    lookForServer: connection.look,
    /** Returns whether a run or a check has not ended yet. */
    busy: () => isRunUnderWay(store.get().run) || isRunOpen(store.get().run) || isGradingUnderWay(store.get().submission),

    readySandbox: sandbox.ready,
    async run() {
      void sandbox.ready();
      sandbox.forgetProblem();
      store.set({ interlude: null, breakProblem: null });
      await runs.run();
      lens.hearEarly();
    },
    stop: () => runs.stop(),
    breakIt: breaks.breakIt,
    showRun: runs.show,
    async check() {
      void sandbox.ready();
      drafts.forgetAside();
      store.set({ interlude: null });
      lens.closeEvidence();
      await checks.check();
    },
    giveUpCheck: checks.giveUp,
    showResults: checks.showResults,
    openReport: checks.open,
    closeReport: checks.closeOpened,

    selectFile: (file: string) => store.set({ file }),
    onReveal: revealed.add,
    /** Opens a file and selects a range of it. */
    reveal(file: string, range: SqlRange) {
      store.set({ file });
      revealed.tell(range);
    },
    showHint: hints.show,
    askSolution: solution.ask,
    showSolution: solution.show,
    showPassed: passing.show,
    needText: texts.need,
    /** Puts an earlier text into the editor, which keeps the one that was there. */
    async restoreText(key: TextKey) {
      await texts.need(key);
      const files = textOf(store.get(), drafts.files(), key);
      if (!files) return;
      drafts.restore(files);
      store.set({ interlude: null });
    },
    endInterlude: () => store.set({ interlude: null }),
    pickTopic: lens.pick,
    needRecords: lens.need,
    showStatement: lens.showStatement,
    showEvidence: lens.showEvidence,
    closeEvidence: lens.closeEvidence,
  };
}
