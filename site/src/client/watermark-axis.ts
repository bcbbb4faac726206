/** The small axis for each operator's watermark: the same for all operators of a job, so that they can be compared. */
import type { LensOperator } from '#sandbox/protocol/lens.ts';
import { clockStep, watermarkOf } from './event-clock.ts';

export interface WatermarkAxis {
  marks: readonly { at: number; big: boolean }[];
  /** Returns a time's place in percent of the axis' length. */
  place: (ms: number) => number;
}

/** The watermarks are in its last third, so that the axis moves only every few minutes. */
const SPAN_STEPS = 6;
const LEAST_SPAN_MS = 360_000;

/** @returns null while no operator has a watermark */
export function axisOf(operators: readonly LensOperator[]): WatermarkAxis | null {
  const times = operators
    .flatMap(({ watermarkMs, partitions }) => [watermarkMs, ...partitions.map((partition) => partition.watermarkMs)])
    .flatMap((ms) => watermarkOf(ms) ?? [])
    .filter(Number.isFinite);
  if (times.length === 0) return null;
  const oldest = Math.min(...times);
  const newest = Math.max(...times);
  const stepMs = clockStep(Math.max(LEAST_SPAN_MS, (newest - oldest) * 1.5), SPAN_STEPS);
  const toMs = Math.ceil((newest + stepMs) / stepMs) * stepMs;
  const fromMs = toMs - SPAN_STEPS * stepMs;
  return {
    marks: Array.from({ length: SPAN_STEPS * 2 + 1 }, (_, index) => ({
      at: fromMs + (index * stepMs) / 2,
      big: index % 2 === 0,
    })),
    place: (ms) => Math.round(Math.min(100, Math.max(0, ((ms - fromMs) / (toMs - fromMs)) * 100)) * 10) / 10,
  };
}
