/** How the watermark of a source rose, from what Flink told once in a while and from the records. */
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
  /** Watermark of the source as Flink told it, by time of the run. */
  samples: readonly { atMs: number; watermarkMs: number | null }[];
  /** Rows of a closed window that were seen at this time of the run: what the watermark had passed then. */
  closings: readonly { atMs: number; windowEndMs: number }[];
  /** Partitions of the topic, empty ones too. */
  partitions: number;
  /** How far the watermark stays behind; null where the SQL does not say it plainly. */
  delayMs: number | null;
  /** A watermark goes out with each event. */
  onEvent: boolean;
}

/** A record may be stored, and its watermark be told, at times that differ by so much. */
const CLOCK_SLACK_MS = 300;

/** Rising steps: where the records explain all that Flink told, to the record; else as Flink told it. */
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
 * The watermark computed from the records and the delay that the SQL names, up to what Flink told last.
 *
 * @returns null where it does not give every watermark that Flink told: another rule is at work, such as an idle partition left out
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
  // Rows may prove more than was told; then the records must give it too.
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
  // In which order partitions were read that lay there before, nobody knows: their records count together.
  const readAt = told.find(({ arrival }) => arrival >= 0)?.arrival ?? 0;
  return steps.map((step) => (step.arrival < 0 ? { ...step, arrival: Math.min(readAt, firstLive(points) ?? readAt) } : step));
}

function firstLive(points: readonly EventPoint[]): number | undefined {
  return points.find(({ arrival }) => arrival >= 0)?.arrival;
}

/** Only the steps that go up. */
function rising(steps: readonly WatermarkStep[]): WatermarkStep[] {
  let highest = Number.NEGATIVE_INFINITY;
  return steps.filter(({ watermarkMs }) => {
    if (watermarkMs <= highest) return false;
    highest = watermarkMs;
    return true;
  });
}
