/** What Flink's metrics say about the operators of a vertex. */
import type { TenantTopic } from '#sandbox/tenancy/tenancy.ts';
import { type JobOperator, metricName } from './job-operators.ts';

export interface OperatorNumbers {
  recordsIn: number;
  recordsOut: number;
  busyPercent: number | null;
  watermarkMs: number | null;
  partitions: { topic: string; partition: number; watermarkMs: number | null }[];
}

/** `0.Calc[2].numRecordsIn`: subtask, operator, metric. `busyTimeMsPerSecond` is the vertex's: `0.busyTimeMsPerSecond`. */
const WANTED =
  /^\d+\.(busyTimeMsPerSecond|.+\.(numRecordsIn|numRecordsOut|currentOutputWatermark|split\..+\.watermark\.currentWatermark))$/;
const BUSY = /^\d+\.busyTimeMsPerSecond$/;
const SPLIT = /\.split\.(.+)\.watermark\.currentWatermark$/;
/** Java: Long.MIN_VALUE before the first watermark; Long.MAX_VALUE after the last record. */
const NO_TIME = new Set(['-9223372036854775808', '9223372036854775807']);

/** Returns the metrics of a vertex that the lens shows. */
export function wantedMetrics(names: readonly string[]): string[] {
  return names.filter((name) => WANTED.test(name));
}

/** @param metrics values of one vertex by full name, one per subtask */
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
    partitions: own.flatMap(([name, value]) => partitionOf(name, value, topics)).sort(byPartition),
  };
}

/** `0.Source__rides[13].numRecordsOut` belongs to `[13]`; `per_minute[19]__Writer` matches only its full name. */
function isOf(metricKey: string, name: string): boolean {
  const operator = name.slice(name.indexOf('.') + 1);
  if (!metricKey.startsWith('[')) return operator.startsWith(`${metricKey}.`);
  return operator.includes(`${metricKey}.`);
}

/** A split is named `<topic>-<partition>`, with the topic's dots replaced because metrics cannot contain them. */
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

/** Returns the earliest time; null until every subtask has one, because event time advances only when it does in all. */
function least(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length > 0 && known.length === times.length ? Math.min(...known) : null;
}

function byPartition(one: { topic: string; partition: number }, other: { topic: string; partition: number }): number {
  return one.topic.localeCompare(other.topic) || one.partition - other.partition;
}
