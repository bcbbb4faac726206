/** Run and Stop, and following a run to its end. */
import type { ServerEvent } from '#sandbox/protocol/event.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { Run, RunSummary } from '#sandbox/protocol/run.ts';
import { breakSentence } from './break-words.ts';
import type { ExerciseContext } from './exercise-context.ts';
import { lensOfRun } from './lens-state.ts';
import { isRunOpen, isRunUnderWay, NO_RUN, type RunView, runAfterEvent, runFromServer } from './run-state.ts';
import { sendUntilAnswered } from './send-until-answered.ts';
import { endOfRun } from './words.ts';

export function createRunActions({ plan, store, api, files, now, later }: ExerciseContext) {
  /** Runs that this page has shown or listed. */
  const known = new Set<string>();
  /** Events that came before the response with their run's id. */
  let early: ServerEvent[] = [];

  function set(run: RunView) {
    const ended = isRunUnderWay(store.get().run) && !isRunUnderWay(run);
    if (run.runId !== null) known.add(run.runId);
    store.set({ run, ...(ended ? { announcement: announce(run), runs: withRun(store.get().runs, run, now()) } : {}) });
  }

  function take(read: Run) {
    const { run } = store.get();
    const next = runFromServer(run, read, now());
    // The response may be older than what the stream has sent since the request.
    const isOlder = next.chunks.length < run.chunks.length || (!isRunUnderWay(run) && isRunUnderWay(next) && run.runId !== null);
    if (!isOlder) set(next);
  }

  /** The server adds a run to its list a moment after it has told of its end. */
  function list(ended: readonly RunSummary[]) {
    const [newest] = store.get().runs;
    const isMissing = newest !== undefined && !ended.some(({ runId }) => runId === newest.runId);
    for (const { runId } of ended) known.add(runId);
    store.set({ runs: isMissing ? [newest, ...ended].slice(0, LISTED) : ended });
  }

  return {
    async run() {
      if (store.get().run.status === 'sending') return;
      early = [];
      const sent = files();
      // So that the same end is told a second time.
      store.set({ announcement: '' });
      set({ ...NO_RUN, status: 'sending', since: now(), files: sent });
      const outcome = await api.startRun({ lesson: plan.lesson, files: sent });
      if (!outcome.ok) return set({ ...NO_RUN, status: 'refused', since: now(), problem: outcome.problem });
      const { runId } = outcome.value;
      store.set({ lens: lensOfRun({ ...store.get().lens, evidence: null }, runId) });
      set({ ...store.get().run, status: 'preparing', runId });
      for (const event of early) this.hear(event);
      early = [];
    },

    async stop() {
      const { run } = store.get();
      if (run.runId === null || !isRunUnderWay(run)) return;
      set({ ...run, status: 'stopping', since: now() });
      const { runId } = run;
      // Whoever presses Stop while the server is away expects it to be stopped once it is back.
      await sendUntilAnswered(() => api.stopRun(runId), { later }, NEVER);
      await this.readAgain();
    },

    hear(event: ServerEvent) {
      const { run } = store.get();
      if (run.status === 'sending') early.push(event);
      const next = runAfterEvent(run, event, now());
      if (next === run) return;
      set(next);
      if (event.type === 'run.broken') store.set({ announcement: breakSentence(event.done) });
      // The events have no seed and may lack output; the run itself has both.
      if (event.type === 'run.started' || event.type === 'run.finished') void this.read(event.runId);
    },

    /** Reads a run of this lesson from the server. */
    async read(runId: string) {
      const outcome = await api.run(runId);
      const { run } = store.get();
      if (run.runId !== runId) return;
      if (outcome.ok) return take(outcome.value);
      // As after a restart: no one else can tell how it ended.
      if (outcome.problem.code === 'RUN_NOT_FOUND') set(lost(run));
    },

    /** Reads the newest run of this lesson; false when the server does not tell. */
    async readLast(): Promise<boolean> {
      const outcome = await api.lastRun(plan.lesson);
      if (!outcome.ok) return false;
      list(outcome.value.ended);
      if (outcome.value.run && store.get().run.status === 'none') take(outcome.value.run);
      return true;
    },

    /**
     * Reads the newest run of this lesson when this page does not know it: another tab's, or one of which the answer was lost.
     *
     * @returns whether it has taken the place of the run that was shown
     */
    async readNewest(): Promise<boolean> {
      const outcome = await api.lastRun(plan.lesson);
      if (!outcome.ok || store.get().run.status === 'sending') return false;
      const { run, ended } = outcome.value;
      const isNew = run !== null && !known.has(run.runId);
      list(ended);
      if (isNew) set(runFromServer(NO_RUN, run, now()));
      return isNew;
    },

    /**
     * Shows the output of an earlier run in the place of the newest one's. Does nothing while a run is under way.
     * @returns the files that ran; null when the server does not tell
     */
    async show(runId: string): Promise<Files | null> {
      if (isRunUnderWay(store.get().run)) return null;
      const outcome = await api.run(runId);
      if (!outcome.ok || isRunUnderWay(store.get().run)) return null;
      store.set({ run: runFromServer(NO_RUN, outcome.value, now()) });
      return outcome.value.files;
    },

    async readAgain() {
      const { run } = store.get();
      if (run.runId !== null && isRunOpen(run)) await this.read(run.runId);
    },
  };
}

const NEVER = new AbortController().signal;
/** Runs that a page keeps in its list; the server keeps as many. */
const LISTED = 10;

/** The server adds a run to its list a moment after it has told of its end. */
function withRun(runs: readonly RunSummary[], { runId, seed, result, error }: RunView, now: number): readonly RunSummary[] {
  if (runId === null || runs.some((one) => one.runId === runId)) return runs;
  return [{ runId, seed, result, error, endedAt: new Date(now).toISOString() }, ...runs].slice(0, LISTED);
}

function lost(run: RunView): RunView {
  if (!isRunUnderWay(run)) return { ...run, isWhole: true };
  const error = 'the server no longer knows this run. Run it again.';
  return { ...run, status: 'error', isWhole: true, awaiting: null, error };
}

function announce({ result, error, problem }: RunView): string {
  if (result) return `Run ended: ${endOfRun(result)}.`;
  if (error) return `A Streamwright error ended this run: ${error}`;
  return problem ? `Not run: ${problem.message}` : '';
}
