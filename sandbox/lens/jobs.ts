/**
 * What a learner sees of a run's Flink jobs: the records, load and event time of each operator, and the event time of each source
 * partition.
 */

import { setTimeout as delay } from 'node:timers/promises';
import { counted } from '#lessons/counted.ts';
import type { PlannedOperator } from '#sandbox/languages/contract/program.ts';
import type { LensJob, LensOperator } from '#sandbox/protocol/lens.ts';
import { type FlinkJobs, hasEnded, type JobDetails } from '#sandbox/services/flink/client/jobs.ts';
import type { TenantTopic } from '#sandbox/tenancy/tenancy.ts';
import { type OperatorNumbers, operatorNumbers, wantedMetrics } from './job-numbers.ts';
import { type JobOperator, jobOperators } from './job-operators.ts';

export interface WatchJobsOptions {
  jobs: Pick<FlinkJobs, 'details' | 'state' | 'metricNames' | 'metrics'>;
  /** Returns the jobs of the run so far, each with the index of its statement. */
  started: () => { jobId: string; statement: number }[];
  topics: readonly TenantTopic[];
  /** Called once, when the first job exists; returns what each operator of a statement emits. */
  modes: () => Promise<ReadonlyMap<number, readonly PlannedOperator[]>>;
  /** Called with all jobs when something has changed. */
  onJobs: (jobs: LensJob[]) => void;
  /** Aborted when the run has ended; the watch then looks once more and settles. */
  signal: AbortSignal;
  /** For how long the names of metrics must have stayed the same to be asked for less often. */
  namesSettleMs?: number;
}

const POLL_MS = 300;
/** Pause before a statement is planned again for its changelog modes; by then the query emits rows. */
const MODES_AFTER_MS = 1000;
/**
 * When a job starts, its operators register their metrics one after another, on a busy machine some much later: names are asked for at each
 * look until they have stayed the same for so long, and then once in so long.
 */
const NAMES_SETTLE_MS = 5000;
const MAX_URL = 3000; // Flink's REST API accepts 4096 characters (netty: HttpObjectDecoder.DEFAULT_MAX_INITIAL_LINE_LENGTH)

/** @throws PlatformError SERVICE_NOT_READY when Flink is not responding */
export async function watchJobs(options: WatchJobsOptions): Promise<void> {
  const { started, onJobs, signal } = options;
  const followed = new Map<string, FollowedJob>();
  const planned = planOnce(options);
  let last = '[]';
  for (let isLast = false; !isLast; ) {
    isLast = signal.aborted;
    for (const { jobId, statement } of started()) {
      if (!followed.has(jobId)) followed.set(jobId, new FollowedJob(jobId, statement, options));
    }
    await Promise.all([...followed.values()].map((job) => job.look()));
    const plans = followed.size > 0 ? planned() : null;
    const jobs = [...followed.values()].flatMap((job) => job.toWire(plans) ?? []);
    const text = JSON.stringify(jobs);
    if (text !== last) onJobs(jobs);
    last = text;
    if (!isLast) await delay(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** Returns a function that gives null until the plans exist; a statement that cannot be explained again has no modes. */
function planOnce({ modes, signal }: WatchJobsOptions): () => ReadonlyMap<number, readonly PlannedOperator[]> | null {
  let plans: ReadonlyMap<number, readonly PlannedOperator[]> | null = null;
  let asked = false;
  const ask = async () => {
    await delay(MODES_AFTER_MS, undefined, { signal });
    plans = await modes();
  };
  return () => {
    if (!asked) ask().catch(() => undefined);
    asked = true;
    return plans;
  };
}

/** One job from its start to its end. Its last counts stay when its metrics no longer exist. */
class FollowedJob {
  readonly #id: string;
  readonly #statement: number;
  readonly #options: WatchJobsOptions;
  #namesChangedAt = performance.now();
  readonly #names = new Map<string, { names: string[]; askedAt: number }>();
  readonly #numbers = new Map<string, OperatorNumbers>();
  #details: JobDetails | null = null;
  #operators: JobOperator[] = [];
  #state = 'CREATED';
  #isOver = false;

  constructor(id: string, statement: number, options: WatchJobsOptions) {
    this.#id = id;
    this.#statement = statement;
    this.#options = options;
  }

  async look(): Promise<void> {
    if (this.#isOver) return;
    const { jobs } = this.#options;
    const [state, details] = await Promise.all([jobs.state(this.#id), jobs.details(this.#id)]);
    this.#state = state ?? this.#state;
    this.#isOver = state === null || hasEnded(state);
    if (!details) return;
    this.#details = details;
    if (this.#operators.length === 0) this.#operators = jobOperators(details);
    await Promise.all(details.vertices.map(({ id }) => this.#readVertex(id)));
  }

  async #readVertex(vertex: string): Promise<void> {
    const { topics } = this.#options;
    const metrics = await this.#metricsOf(vertex);
    for (const operator of this.#operators.filter((one) => one.vertex === vertex)) {
      const numbers = operatorNumbers(operator, metrics, topics);
      const before = this.#numbers.get(operator.id);
      // The metrics of an ending job disappear before the job does.
      if (!before || numbers.recordsIn + numbers.recordsOut >= before.recordsIn + before.recordsOut) {
        this.#numbers.set(operator.id, numbers);
      }
    }
  }

  async #metricsOf(vertex: string): Promise<Map<string, string>> {
    const { jobs } = this.#options;
    const names = await this.#namesOf(vertex);
    const parts = await Promise.all(inUrls(names).map((part) => jobs.metrics(this.#id, vertex, part)));
    return new Map(parts.flatMap((part) => [...part]));
  }

  async #namesOf(vertex: string): Promise<string[]> {
    const { jobs, namesSettleMs = NAMES_SETTLE_MS } = this.#options;
    const known = this.#names.get(vertex) ?? { names: [], askedAt: 0 };
    const now = performance.now();
    const haveSettled = known.names.length > 0 && now - this.#namesChangedAt >= namesSettleMs;
    if (haveSettled && now - known.askedAt < namesSettleMs) return known.names;
    const names = wantedMetrics(await jobs.metricNames(this.#id, vertex));
    if (names.length !== known.names.length) this.#namesChangedAt = performance.now();
    this.#names.set(vertex, { names, askedAt: now });
    return names;
  }

  toWire(plans: ReadonlyMap<number, readonly PlannedOperator[]> | null): LensJob | null {
    if (!this.#details) return null;
    const modes = changelogModesOf(this.#operators, plans?.get(this.#statement) ?? []);
    const parallelismOf = (vertex: string) => this.#details?.vertices.find(({ id }) => id === vertex)?.parallelism ?? 1;
    return {
      jobId: this.#id,
      statement: this.#statement,
      state: this.#state,
      operators: this.#operators.map((operator): LensOperator => {
        const numbers = this.#numbers.get(operator.id) ?? NO_NUMBERS;
        const { id, type, name, says, inputs, vertex } = operator;
        const detail = [operator.detail, partitionWords(numbers)].filter((words) => words !== '').join(', ');
        const parallelism = parallelismOf(vertex);
        return { id, type, name, detail, says, inputs, parallelism, ...numbers, changelogMode: modes.get(id) ?? null };
      }),
    };
  }
}

const NO_NUMBERS: OperatorNumbers = { recordsIn: 0, recordsOut: 0, busyPercent: null, watermarkMs: null, partitions: [] };

/**
 * Returns changelog modes by operator id. The planner numbers its operators consecutively in plan order, exchanges included, so
 * positions match; an operator whose type differs from the plan's has no mode.
 */
export function changelogModesOf(operators: readonly JobOperator[], plan: readonly PlannedOperator[]): Map<string, string> {
  const first = Math.min(...operators.flatMap(({ number }) => number ?? []));
  return new Map(
    operators.flatMap(({ id, number, type }): [string, string][] => {
      const planned = number === null ? undefined : plan[number - first];
      return planned?.type === type && planned.mode !== null ? [[id, planned.mode]] : [];
    }),
  );
}

function partitionWords({ partitions: { length } }: OperatorNumbers): string {
  return length === 0 ? '' : counted(length, 'partition');
}

function inUrls(names: readonly string[]): string[][] {
  const parts: string[][] = [];
  let characters = MAX_URL;
  for (const name of names) {
    characters += encodeURIComponent(name).length + 3;
    if (characters >= MAX_URL) {
      parts.push([]);
      characters = encodeURIComponent(name).length;
    }
    parts.at(-1)?.push(name);
  }
  return parts;
}
