/** What Flink's metrics say of the operators of one vertex. */
import type { TenantTopic } from '#sandbox/tenancy/tenancy.ts';
import { type JobOperator, metricName } from './job-operators.ts';

export interface OperatorNumbers {
  recordsIn: number;
  recordsOut: number;
  busyPercent: number | null;
  watermarkMs: number | null;
  partitions: { topic: string; partition: number; watermarkMs: number | null }[];
}

/** `0.Calc[2].numRecordsIn`: subtask, operator, metric. `busyTimeMsPerSecond` is the whole vertex's: `0.busyTimeMsPerSecond`. */
const WANTED =
  /^\d+\.(busyTimeMsPerSecond|.+\.(numRecordsIn|numRecordsOut|currentOutputWatermark|split\..+\.watermark\.currentWatermark))$/;
const BUSY = /^\d+\.busyTimeMsPerSecond$/;
const SPLIT = /\.split\.(.+)\.watermark\.currentWatermark$/;
/** Java: Long.MIN_VALUE before the first watermark; Long.MAX_VALUE after the last record of all. */
const NO_TIME = new Set(['-9223372036854775808', '9223372036854775807']);

/** Those of a vertex's metrics that are worth asking for. */
export function wantedMetrics(names: readonly string[]): string[] {
  return names.filter((name) => WANTED.test(name));
}

/** @param metrics values of one vertex by full name, subtasks apart */
export function operatorNumbers(
  operator: Pick<JobOperator, 'metricKey'>,
  metrics: ReadonlyMap<string, string>,
  topics: readonly TenantTopic[],
): OperatorNumbers {
  const own = [...metrics].filter(([name]) => isOf(operator.metricKey, name));
  const valuesOf = (metric: string) => own.flatMap(([name, value]) => (name.endsWith(`.${metric}`) ? [value] : []));
  const sum = (metric: string) => valuesOf(metric).reduce((total, value) => total + Number(value), 0);
  const busy = [...metrics].flatMap(([name, value]) => (BUSY.test(name) ? [Number(value)] : [])).filter(Number.isFinite);
  return {
    recordsIn: sum('numRecordsIn'),
    recordsOut: sum('numRecordsOut'),
    busyPercent: busy.length > 0 ? Math.round(Math.max(...busy) / 10) : null,
    watermarkMs: least(valuesOf('currentOutputWatermark').map(timeOf)),
    partitions: own.flatMap(([name, value]) => partitionOf(name, value, topics)).sort(byPlace),
  };
}

/** `0.Source__rides[13].numRecordsOut` is of `[13]`; `per_minute[19]__Writer` is of itself alone. */
function isOf(metricKey: string, name: string): boolean {
  const operator = name.slice(name.indexOf('.') + 1);
  if (!metricKey.startsWith('[')) return operator.startsWith(`${metricKey}.`);
  return operator.includes(`${metricKey}.`);
}

/** A split's name is `<topic>-<partition>`, the topic's name with the dots that metrics cannot have replaced. */
function partitionOf(name: string, value: string, topics: readonly TenantTopic[]): OperatorNumbers['partitions'] {
  const split = SPLIT.exec(name)?.[1];
  const topic = topics.find((one) => split?.startsWith(`${metricName(one.name)}-`));
  if (split === undefined || !topic) return [];
  const partition = Number(split.slice(metricName(topic.name).length + 1));
  return Number.isInteger(partition) ? [{ topic: topic.logical, partition, watermarkMs: timeOf(value) }] : [];
}

function timeOf(value: string): number | null {
  return NO_TIME.has(value) ? null : Number(value);
}

/** Time goes on only when it does in every subtask. */
function least(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length > 0 && known.length === times.length ? Math.min(...known) : null;
}

function byPlace(one: { topic: string; partition: number }, other: { topic: string; partition: number }): number {
  return one.topic.localeCompare(other.topic) || one.partition - other.partition;
}
