/** How the watermark of a source advanced, from occasional reports of Flink and from the records. */
import { watermarkOf } from './event-clock.ts';
import type { EventPoint } from './event-point.ts';

/** The watermark from this arrival on. */
export interface WatermarkStep {
  arrival: number;
  watermarkMs: number;
}

export interface WatermarkInput {
  /** By arrival. */
  points: readonly EventPoint[];
  /** Watermark of the source as Flink reported it, by time of the run. */
  samples: readonly { atMs: number; watermarkMs: number | null }[];
  /** Ends of windows whose rows appeared at this time of the run: the watermark had passed them by then. */
  closings: readonly { atMs: number; windowEndMs: number }[];
  /** Number of partitions of the topic, including empty ones. */
  partitions: number;
  /** Delay of the watermark; null when the SQL does not state it plainly. */
  delayMs: number | null;
  /** Whether the source emits a watermark with each event. */
  onEvent: boolean;
}

/** The time when a record is stored and the time when its watermark is reported may differ by this much. */
const CLOCK_SLACK_MS = 300;

/** Returns rising steps: exact to the record when the records explain all that Flink reported, else as Flink reported it. */
export function watermarkLine(input: WatermarkInput): WatermarkStep[] {
  const told = toldSteps(input);
  return explainedSteps(input, told) ?? rising(told);
}

function toldSteps({ samples, closings }: WatermarkInput): WatermarkStep[] {
  const sampled = samples.flatMap(({ atMs, watermarkMs }) => {
    const watermark = watermarkOf(watermarkMs);
    return watermark === null ? [] : [{ arrival: atMs, watermarkMs: watermark }];
  });
  const proven = closings.map(({ atMs, windowEndMs }) => ({ arrival: atMs, watermarkMs: windowEndMs - 1 }));
  return [...sampled, ...proven].sort((a, b) => a.arrival - b.arrival);
}

/**
 * Computes the watermark from the records and the delay in the SQL, up to what Flink reported last.
 *
 * @returns null when it misses a watermark that Flink reported: a different rule applies, e.g. Flink ignores an idle partition
 */
function explainedSteps(input: WatermarkInput, told: readonly WatermarkStep[]): WatermarkStep[] | null {
  const { delayMs, samples } = input;
  if (delayMs === null || told.length === 0) return null;
  const computed = computedSteps(input, delayMs, told);
  const finite = samples.flatMap(({ atMs, watermarkMs }) => {
    const watermark = watermarkOf(watermarkMs);
    return watermark !== null && Number.isFinite(watermark) ? [{ atMs, watermark }] : [];
  });
  const explains = finite.every(({ atMs, watermark }) =>
    computed.some((step) => step.watermarkMs === watermark && step.arrival <= atMs + CLOCK_SLACK_MS),
  );
  if (!explains) return null;
  const highest = Math.max(...told.map(({ watermarkMs }) => watermarkMs).filter(Number.isFinite), Number.NEGATIVE_INFINITY);
  const end = told.find(({ watermarkMs }) => watermarkMs === Number.POSITIVE_INFINITY);
  const seen = rising(computed).filter(({ watermarkMs }) => end !== undefined || watermarkMs <= highest);
  // Rows may prove a higher watermark than was reported; the records must then explain it too.
  if (end === undefined && highest > (seen.at(-1)?.watermarkMs ?? Number.NEGATIVE_INFINITY)) {
    const next = computed.find(({ watermarkMs }) => watermarkMs >= highest);
    if (!next) return null;
    seen.push(next);
  }
  return end ? [...seen, end] : seen;
}

function computedSteps(input: WatermarkInput, delayMs: number, told: readonly WatermarkStep[]): WatermarkStep[] {
  const { points, partitions, onEvent } = input;
  const newest = new Map<number, number>();
  const steps: WatermarkStep[] = [];
  for (const { record, eventMs, arrival } of points) {
    newest.set(record.partition, Math.max(newest.get(record.partition) ?? eventMs, eventMs));
    if (newest.size >= partitions) steps.push({ arrival, watermarkMs: Math.min(...newest.values()) - delayMs });
  }
  if (onEvent && partitions === 1) return steps;
  // The order in which Flink read the earlier records of several partitions is unknown, so they count together.
  const readAt = told.find(({ arrival }) => arrival >= 0)?.arrival ?? 0;
  return steps.map((step) => (step.arrival < 0 ? { ...step, arrival: Math.min(readAt, firstLive(points) ?? readAt) } : step));
}

function firstLive(points: readonly EventPoint[]): number | undefined {
  return points.find(({ arrival }) => arrival >= 0)?.arrival;
}

/** Returns only the steps that rise. */
function rising(steps: readonly WatermarkStep[]): WatermarkStep[] {
  let highest = Number.NEGATIVE_INFINITY;
  return steps.filter(({ watermarkMs }) => {
    if (watermarkMs <= highest) return false;
    highest = watermarkMs;
    return true;
  });
}
