/** What the lens requests from the server: the state after a gap, and records that the stream did not bring. */
import type { ServerEvent } from '#sandbox/protocol/event.ts';
import type { LensTopic } from '#sandbox/protocol/lens.ts';
import type { CheckResult } from '#sandbox/protocol/report.ts';
import type { ExerciseContext } from './exercise-context.ts';
import { missingPages } from './lens-layout.ts';
import { lensAfterEvent, lensOfEvidence, lensOfRun } from './lens-state.ts';

/** Most records in one response of `GET /api/lens/topics/:name/records`. */
const PAGE = 500;

export function createLensActions({ plan, store, api, now }: ExerciseContext) {
  /** End of a page's partition when the page was read: an offset missing below it has no record. */
  const read = new Map<string, number>();
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
          ...lens,
          topics: answer.topics,
          groups: groups.ok ? groups.value.groups : lens.groups,
          jobs: jobs?.ok ? { ...lens.jobs, jobs: jobs.value.jobs } : lens.jobs,
        },
      });
    },

    show(runId: string, topics: readonly LensTopic[]) {
      store.set({ lens: { ...lensOfRun(store.get().lens, runId), topics } });
      void this.readAgain();
    },

    /** Reads the records between two offsets of a topic that are not known yet. */
    async need(topic: LensTopic, first: number, last: number) {
      const { lens } = store.get();
      const { runId, records } = lens;
      if (runId === null || lens.evidence) return;
      const wanted = topic.partitions.flatMap(({ partition, start, end }) =>
        missingPages({
          first: Math.max(first, Number(start)),
          last: Math.min(last + 1, Number(end)),
          size: PAGE,
          isKnown: (offset) => records.at(topic.name, partition, offset) !== undefined,
        }).map((offset) => ({ partition, offset, end: Number(end) })),
      );
      for (const { partition, offset, end } of wanted) {
        const page = `${runId} ${topic.name} ${partition} ${offset}`;
        if ((read.get(page) ?? -1) >= Math.min(end, offset + PAGE)) continue;
        read.set(page, Math.min(end, offset + PAGE));
        const outcome = await api.lensRecords(topic.name, partition, offset);
        if (store.get().lens.runId !== runId) return;
        if (!outcome.ok) {
          read.delete(page);
          return;
        }
        records.add(topic.name, outcome.value.records, 0);
        store.set({ lens: { ...store.get().lens, version: store.get().lens.version + 1 } });
      }
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
