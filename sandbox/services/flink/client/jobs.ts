/**
 * Flink's REST API: jobs, their operators, watermarks and metrics.
 */
import { z } from 'zod';
import type { Endpoint } from '#sandbox/providers/provider.ts';
import { noAnswer, openFlinkHttp } from './http.ts';

const ENDED = ['FAILED', 'CANCELED', 'FINISHED'] as const;
const jobStateSchema = z.enum([
  ...ENDED,
  ...(['INITIALIZING', 'CREATED', 'RUNNING', 'FAILING', 'CANCELLING', 'RESTARTING', 'SUSPENDED', 'RECONCILING'] as const),
]);

/** Flink: org.apache.flink.api.common.JobStatus */
export type JobState = z.infer<typeof jobStateSchema>;

export function hasEnded(state: JobState): boolean {
  return ENDED.some((ended) => ended === state);
}

/** Operators of a job that are chained into one task, as `GET /jobs/:id` lists them. */
export interface JobVertex {
  id: string;
  /** `orders[1] -> Calc[2]`, as Flink names it. */
  name: string;
  parallelism: number;
  status: string;
  recordsIn: number;
  recordsOut: number;
  /** Busy milliseconds since it started, over all its subtasks; null where Flink has not measured it. */
  busyMs: number | null;
}

/** A node of the job's plan: the vertex with the same id, what it does, and the vertices that it reads from. */
export interface PlanNode {
  id: string;
  /** HTML, as Flink writes it for its own page. */
  description: string;
  inputs: string[];
}

export interface JobDetails {
  id: string;
  name: string;
  state: JobState;
  vertices: JobVertex[];
  plan: PlanNode[];
}

export interface FlinkJobs extends Disposable {
  /** Returns all jobs that the JVM remembers. */
  list(signal?: AbortSignal): Promise<{ id: string; state: JobState }[]>;
  /** @returns null when the job does not exist */
  state(job: string, signal?: AbortSignal): Promise<JobState | null>;
  /** @returns null when the job does not exist */
  details(job: string, signal?: AbortSignal): Promise<JobDetails | null>;
  /** Returns the smallest watermark that a vertex has received, in ms since 1970; null while it has none, as a source never has. */
  watermark(job: string, vertex: string, signal?: AbortSignal): Promise<number | null>;
  /** Returns the full names of a vertex's metrics: `0.numRecordsIn`, `0.Source__orders[1].KafkaSourceReader.…`. */
  metricNames(job: string, vertex: string, signal?: AbortSignal): Promise<string[]>;
  /** Returns values of a vertex's metrics by their full names, without those that Flink has not measured. */
  metrics(job: string, vertex: string, names: readonly string[], signal?: AbortSignal): Promise<Map<string, string>>;
  /** Returns why a job failed, with the stack trace; null when it did not. */
  failure(job: string, signal?: AbortSignal): Promise<string | null>;
  /** Asks a job to end; `state` shows when it has. Does nothing for a job that has ended. */
  cancel(job: string, signal?: AbortSignal): Promise<void>;
}

const jobsSchema = z.looseObject({ jobs: z.array(z.looseObject({ id: z.string(), status: jobStateSchema })) });
const statusSchema = z.looseObject({ status: jobStateSchema });
const detailsSchema = z.looseObject({
  jid: z.string(),
  name: z.string(),
  state: jobStateSchema,
  vertices: z.array(
    z.looseObject({
      id: z.string(),
      name: z.string(),
      parallelism: z.number(),
      status: z.string(),
      metrics: z.looseObject({
        'read-records': z.number(),
        'write-records': z.number(),
        'accumulated-busy-time': z.number().nullish().catch(null), // NaN, as text, while it is not measured
      }),
    }),
  ),
  plan: z.looseObject({
    nodes: z.array(
      z.looseObject({ id: z.string(), description: z.string(), inputs: z.array(z.looseObject({ id: z.string() })).optional() }),
    ),
  }),
});
const metricsSchema = z.array(z.looseObject({ id: z.string(), value: z.string().optional() }));
const exceptionsSchema = z.looseObject({
  exceptionHistory: z.looseObject({ entries: z.array(z.looseObject({ stacktrace: z.string() })) }),
});

const NO_WATERMARK = '-9223372036854775808'; // Java: Long.MIN_VALUE

/**
 * Returns a client of Flink's REST API at `endpoint`. Each call throws PlatformError SERVICE_NOT_READY when Flink is not
 * responding, and the signal's reason.
 */
export function connectFlinkJobs(endpoint: Endpoint): FlinkJobs {
  const http = openFlinkHttp(endpoint);

  /** Returns the answer for a path; null for 404. */
  async function read<T>(path: string, schema: z.ZodType<T>, signal: AbortSignal | undefined): Promise<T | null> {
    const { status, body } = await http.ask('GET', path, { signal });
    if (status === 404) return null;
    const parsed = schema.safeParse(body);
    if (!parsed.success)
      throw noAnswer(new Error(`its answer for ${path} has an unknown format (${status})`, { cause: parsed.error }));
    return parsed.data;
  }
  const ofVertex = (job: string, vertex: string) => `/jobs/${job}/vertices/${vertex}`;

  return {
    list: async (signal) =>
      ((await read('/jobs', jobsSchema, signal))?.jobs ?? []).map(({ id, status }) => ({ id, state: status })),
    // Flink remembers `/jobs/:id` for a while, but not this.
    state: async (job, signal) => (await read(`/jobs/${job}/status`, statusSchema, signal))?.status ?? null,
    details: async (job, signal) => {
      const found = await read(`/jobs/${job}`, detailsSchema, signal);
      return found && detailsOf(found);
    },
    watermark: async (job, vertex, signal) => {
      const found = await read(`${ofVertex(job, vertex)}/watermarks`, metricsSchema, signal);
      const values = (found ?? []).flatMap(({ value }) => (value === undefined || value === NO_WATERMARK ? [] : [Number(value)]));
      return values.length > 0 ? Math.min(...values) : null;
    },
    metricNames: async (job, vertex, signal) =>
      ((await read(`${ofVertex(job, vertex)}/metrics`, metricsSchema, signal)) ?? []).map(({ id }) => id),
    metrics: async (job, vertex, names, signal) => {
      const path = `${ofVertex(job, vertex)}/metrics?get=${encodeURIComponent(names.join(','))}`;
      const found = (await read(path, metricsSchema, signal)) ?? [];
      return new Map(found.flatMap(({ id, value }) => (value === undefined ? [] : [[id, value]])));
    },
    failure: async (job, signal) => {
      const found = await read(`/jobs/${job}/exceptions`, exceptionsSchema, signal);
      return found?.exceptionHistory.entries.at(0)?.stacktrace ?? null;
    },
    cancel: async (job, signal) => {
      await http.ask('PATCH', `/jobs/${job}?mode=cancel`, { signal });
    },
    [Symbol.dispose]: () => http[Symbol.dispose](),
  };
}

function detailsOf({ jid, name, state, vertices, plan }: z.infer<typeof detailsSchema>): JobDetails {
  return {
    ...{ id: jid, name, state },
    vertices: vertices.map(({ metrics, ...vertex }) => ({
      id: vertex.id,
      name: vertex.name,
      parallelism: vertex.parallelism,
      status: vertex.status,
      recordsIn: metrics['read-records'],
      recordsOut: metrics['write-records'],
      busyMs: metrics['accumulated-busy-time'] ?? null,
    })),
    plan: plan.nodes.map(({ id, description, inputs = [] }) => ({ id, description, inputs: inputs.map((input) => input.id) })),
  };
}
