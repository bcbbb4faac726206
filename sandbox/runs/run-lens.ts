/**
 * What a learner sees of the log and of Flink: topics, groups and jobs of the last run under their own names, pushed while it runs, read
 * at any time.
 */

import { PlatformError } from '#sandbox/errors.ts';
import type { FollowedJobs } from '#sandbox/languages/contract/program.ts';
import type { LeaseStack, PendingStack } from '#sandbox/leases/pending-stack.ts';
import { watchJobs } from '#sandbox/lens/jobs.ts';
import { readGroups, readRecords, readTopics, watchRun } from '#sandbox/lens/lens.ts';
import { Seen } from '#sandbox/lens/seen.ts';
import type { ServerEvent } from '#sandbox/protocol/event.ts';
import type { LensGroup, LensHistory, LensJob, LensRecord, LensTopic } from '#sandbox/protocol/lens.ts';
import type { KafkaClient } from '#sandbox/services/kafka/client/connect.ts';
import type { Tenant, TenantTopic } from '#sandbox/tenancy/tenancy.ts';
import type { RunRecord } from './run-record.ts';

export interface RunLens {
  /** Shows the run's topics from here on, and publishes what lands in them until some seconds after its end. */
  follow(run: RunRecord, source: LensSource, topics: readonly TenantTopic[]): void;
  /** Publishes the jobs of the run, which `follow` shows already, until its end. */
  followJobs(run: RunRecord, followed: FollowedJobs, topics: readonly TenantTopic[]): void;
  /** Tells of the jobs of the last run that their Flink is another learner's now. */
  flinkGiven(learnerId: string): void;
  /** Drops what the learner has seen: the sandbox is a fresh one. */
  forget(learnerId: string): void;
  topics(learnerId: string): Promise<{ runId: string | null; topics: LensTopic[] }>;
  /** At most 500 records from `offset`. @throws PlatformError TOPIC_NOT_FOUND */
  records(learnerId: string, from: RecordsFrom): Promise<{ topic: string; records: LensRecord[] }>;
  /** How far event time has come at the source that reads a topic of the run, in ms since 1970; null while no job tells. */
  watermarkOf(run: Pick<RunRecord, 'id' | 'learnerId'>, topic: string): number | null;
  groups(learnerId: string): Promise<{ groups: LensGroup[] }>;
  /** What was seen of groups and jobs since the run began, as long as its topics are there. */
  history(learnerId: string): LensHistory;
  /** As they were last seen. */
  jobs(learnerId: string): { jobs: LensJob[] };
}

/** Whose topics are shown, and where they are. */
export interface LensSource {
  tenant: Tenant;
  /** As the administrator of a dedicated broker; the shared one when left out. */
  kafka?: KafkaClient | null;
}

export interface RecordsFrom {
  /** Logical name. */
  topic: string;
  partition: number;
  offset: bigint;
}

export interface RunLensOptions {
  stack: PendingStack<LeaseStack & { kafka: KafkaClient }>;
  publish: (learnerId: string, event: ServerEvent) => void;
  onFault: (error: unknown) => void;
}

interface Log {
  kafka: KafkaClient;
  topics: readonly TenantTopic[];
}

interface View {
  runId: string;
  tenant: Tenant;
  topics: readonly TenantTopic[];
  kafka: KafkaClient | null;
  jobs: LensJob[];
  /** When they were last seen, from the start of the run. */
  jobsAtMs: number;
  groupsSeen: Seen<LensHistory['groups'][number]>;
  jobsSeen: Seen<LensHistory['jobs'][number]>;
  watching: AbortController;
}

/** Characters of JSON that are kept of groups, and as many of jobs, for each learner: some ten minutes at two looks a second. */
const SEEN_CHARACTERS = 200_000;

/** Of a job that had ended before its Flink was given to another learner; besides Flink's own states. */
const GIVEN_BACK = 'GIVEN_BACK';
/** A record that was sent without waiting, and the last commit of a group, land after the program's end. */
const AFTER_END_MS = 5000;
/** A consumer that said no goodbye stays in its group until its session is over: with `cluster.ts` 6 s. */
const AFTER_KILL_MS = 12_000;

export function openRunLens({ stack, publish, onFault }: RunLensOptions): RunLens {
  const views = new Map<string, View>();

  function forget(learnerId: string): void {
    views.get(learnerId)?.watching.abort();
    views.delete(learnerId);
  }

  async function logOf(view: View, signal?: AbortSignal): Promise<Log> {
    if (!view.kafka) return { kafka: (await stack.ready(signal)).kafka, topics: view.topics };
    // On a dedicated broker topics are made and deleted by programs.
    const existing = await view.kafka.listTopics();
    return { kafka: view.kafka, topics: view.topics.filter(({ name }) => existing.has(name)) };
  }

  async function watch(view: View, learnerId: string): Promise<void> {
    const { runId, tenant, watching } = view;
    const { signal } = watching;
    try {
      const { kafka, topics } = await logOf(view, signal);
      const tell = (event: ServerEvent) => {
        if (event.type === 'lens.groups') view.groupsSeen.add({ atMs: event.atMs, groups: event.groups });
        publish(learnerId, event);
      };
      await watchRun({ kafka, tenant, topics, runId, signal, publish: tell });
    } catch (error) {
      // After the end its topics may be gone already: there is nothing more to see.
      if (!signal.aborted) onFault(error);
    }
  }

  return {
    forget,
    follow(run, { tenant, kafka = null }, topics) {
      const { id: runId, learnerId } = run;
      forget(learnerId);
      const view: View = {
        ...{ runId, tenant, topics, kafka, jobs: [], jobsAtMs: 0 },
        groupsSeen: new Seen(SEEN_CHARACTERS),
        jobsSeen: new Seen(SEEN_CHARACTERS),
        watching: new AbortController(),
      };
      views.set(learnerId, view);
      watch(view, learnerId);
      run.ended.then(() => {
        const isKilled = run.breaks.some(({ kind }) => kind === 'kill');
        setTimeout(() => view.watching.abort(), isKilled ? AFTER_KILL_MS : AFTER_END_MS).unref();
      });
    },
    followJobs(run, { jobs, modes, broken }, topics) {
      const { id: runId, learnerId, ended } = run;
      const view = views.get(learnerId);
      if (view?.runId !== runId) return;
      const over = new AbortController();
      ended.then(() => over.abort());
      const signal = AbortSignal.any([over.signal, view.watching.signal]);
      watchJobs({
        jobs,
        started: () => run.sql?.jobs() ?? [],
        topics,
        modes: () => modes(signal),
        onJobs: (seen) => {
          view.jobs = seen;
          view.jobsAtMs = run.elapsedMs;
          view.jobsSeen.add({ atMs: view.jobsAtMs, jobs: seen });
          publish(learnerId, { type: 'lens.jobs', runId, atMs: view.jobsAtMs, jobs: seen });
        },
        signal,
      }).catch((error: unknown) => {
        // With a Flink that has ended the run says what happened.
        if (!broken()) onFault(error);
      });
    },
    flinkGiven(learnerId) {
      const view = views.get(learnerId);
      if (!view || view.jobs.length === 0) return;
      view.jobs = view.jobs.map((job) => (job.state === 'FAILED' ? job : { ...job, state: GIVEN_BACK }));
      publish(learnerId, { type: 'lens.jobs', runId: view.runId, atMs: view.jobsAtMs, jobs: view.jobs });
    },
    async topics(learnerId) {
      const view = views.get(learnerId);
      if (!view) return { runId: null, topics: [] };
      const { kafka, topics } = await logOf(view);
      return { runId: view.runId, topics: await readTopics(kafka, topics) };
    },
    async records(learnerId, { topic: name, partition, offset }) {
      const view = views.get(learnerId);
      if (!view) throw noTopic(name, partition);
      const { kafka, topics } = await logOf(view);
      const topic = topics.find(({ logical }) => logical === name);
      if (!topic || partition >= topic.partitions) throw noTopic(name, partition);
      return { topic: name, records: await readRecords(kafka, topic, { partition, offset }) };
    },
    watermarkOf({ id, learnerId }, topic) {
      const view = views.get(learnerId);
      const sources = (view?.runId === id ? view.jobs : []).flatMap(({ operators }) =>
        operators.filter(({ inputs, partitions }) => inputs.length === 0 && partitions.some((one) => one.topic === topic)),
      );
      return sources.reduce<number | null>((known, { watermarkMs }) => known ?? watermarkMs, null);
    },
    async groups(learnerId) {
      const view = views.get(learnerId);
      if (!view) return { groups: [] };
      const { kafka, topics } = await logOf(view);
      return { groups: await readGroups(kafka, view.tenant, topics) };
    },
    history(learnerId) {
      const view = views.get(learnerId);
      return { runId: view?.runId ?? null, groups: view?.groupsSeen.all() ?? [], jobs: view?.jobsSeen.all() ?? [] };
    },
    jobs: (learnerId) => ({ jobs: views.get(learnerId)?.jobs ?? [] }),
  };
}

function noTopic(name: string, partition: number): PlatformError {
  return new PlatformError('TOPIC_NOT_FOUND', {
    message: `Your last run has no topic "${name}" with a partition ${partition}.`,
    hint: 'Run the program first; /api/lens/topics lists the topics of the last run.',
  });
}
