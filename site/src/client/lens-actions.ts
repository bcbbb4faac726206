/** What the lens requests from the server: the state after a gap, and records that the stream did not bring. */
import type { ServerEvent } from '#sandbox/protocol/event.ts';
import type { LensTopic } from '#sandbox/protocol/lens.ts';
import type { CheckResult } from '#sandbox/protocol/report.ts';
import type { ExerciseContext } from './exercise-context.ts';
import { missingPages } from './lens-layout.ts';
import { lensAfterEvent, lensAfterGroups, lensOfEvidence, lensOfRun, lensWithHistory } from './lens-state.ts';

/** Most records in one response of `GET /api/lens/topics/:name/records`. */
const PAGE = 500;

export function createLensActions({ plan, store, api, now }: ExerciseContext) {
  /** Pages that were asked for and have not come yet. */
  const reading = new Set<string>();
  let early: ServerEvent[] = [];

  return {
    hear(event: ServerEvent) {
      const { lens, run } = store.get();
      if (run.status === 'sending' && event.type.startsWith('lens.')) early.push(event);
      const next = lensAfterEvent(lens, event, now());
      if (next !== lens) store.set({ lens: next });
    },

    /** Handles the events that came before the response with the run's id. */
    hearEarly() {
      for (const event of early) this.hear(event);
      early = [];
    },

    /** Reads the learner's current run; null when the server does not respond. */
    async readTopics(): Promise<{ runId: string | null; topics: LensTopic[] } | null> {
      const outcome = await api.lensTopics();
      return outcome.ok ? outcome.value : null;
    },

    async readAgain() {
      const [answer, groups, jobs] = await Promise.all([
        this.readTopics(),
        api.lensGroups(),
        plan.language.shows === 'queries' ? api.lensJobs() : null,
      ]);
      const { lens } = store.get();
      if (!answer || answer.runId !== lens.runId) return;
      store.set({
        lens: {
          ...(groups.ok ? lensAfterGroups(lens, groups.value.groups, now()) : lens),
          topics: answer.topics,
          jobs: jobs?.ok ? { ...lens.jobs, jobs: jobs.value.jobs } : lens.jobs,
        },
      });
    },

    /** Shows the topics of the run that the page shows. Returns whether the server has told them. */
    async showRun(): Promise<boolean> {
      const answer = await this.readTopics();
      const { run, lens } = store.get();
      // They may be those of another lesson, which ran since.
      if (!answer || answer.runId === null || answer.runId !== run.runId) return answer !== null;
      store.set({ lens: { ...lensOfRun(lens, answer.runId), topics: answer.topics } });
      void this.readAgain().then(() => this.readHistory());
      return true;
    },

    /** Reads what the server saw of the run before this page was opened. */
    async readHistory() {
      const outcome = await api.lensHistory();
      if (outcome.ok) store.set({ lens: lensWithHistory(store.get().lens, outcome.value) });
    },

    /** Reads the records between two offsets of a topic that are not known yet; returns whether all of them are there. */
    async need(topic: LensTopic, first: number, last: number): Promise<boolean> {
      const { lens } = store.get();
      const { runId, records } = lens;
      if (runId === null || lens.evidence) return true;
      const wanted = topic.partitions.flatMap(({ partition, start, end }) =>
        missingPages({
          first: Math.max(first, Number(start)),
          last: Math.min(last + 1, Number(end)),
          size: PAGE,
          isKnown: (offset) => records.isKnown(topic.name, partition, offset),
        }).map((offset) => ({ partition, offset, end: Number(end) })),
      );
      let isThere = true;
      for (const { partition, offset, end } of wanted) {
        const page = `${runId} ${topic.name} ${partition} ${offset}`;
        if (reading.has(page)) {
          isThere = false;
          continue;
        }
        reading.add(page);
        const outcome = await api.lensRecords(topic.name, partition, offset).finally(() => reading.delete(page));
        if (store.get().lens.runId !== runId) return true;
        if (!outcome.ok) return false;
        records.add(topic.name, outcome.value.records, 0);
        records.noteRead(topic.name, partition, { from: offset, to: Math.min(end, offset + PAGE) });
        store.set({ lens: { ...store.get().lens, version: store.get().lens.version + 1 } });
      }
      return isThere;
    },

    pick(topic: string) {
      store.set({ lens: { ...store.get().lens, topic } });
    },

    /** Shows the job of a statement, or its rows while it has none. */
    showStatement(statement: number) {
      const { lens } = store.get();
      store.set({ lens: { ...lens, evidence: null, jobs: { ...lens.jobs, picked: { statement } } } });
    },

    showEvidence(check: Extract<CheckResult, { status: 'fail' }>) {
      store.set({ lens: lensOfEvidence(store.get().lens, check) });
    },

    closeEvidence() {
      store.set({ lens: { ...store.get().lens, evidence: null } });
    },
  };
}
