/** The watermark of each partition of a source, and what the source does with it. Pure. */
import type { LensOperator } from '#sandbox/protocol/lens.ts';
import { watermarkOf } from './event-clock.ts';

export interface PartitionTime {
  partition: number;
  watermarkMs: number | null;
  /** `idle`: the source does not wait for it. `slowest`: all others are ahead. */
  role: 'idle' | 'slowest' | 'other';
}

/**
 * Returns the partitions in order. A source emits the least watermark of those that it waits for: where it has emitted a later one than a
 * partition has, it counts that partition as idle.
 */
export function partitionTimes({ watermarkMs, partitions }: Pick<LensOperator, 'watermarkMs' | 'partitions'>): PartitionTime[] {
  const level = (ms: number | null) => watermarkOf(ms) ?? Number.NEGATIVE_INFINITY;
  const emitted = level(watermarkMs);
  const isIdle = (ms: number | null) => level(ms) < emitted;
  const waited = partitions.filter((one) => !isIdle(one.watermarkMs)).map((one) => level(one.watermarkMs));
  const least = Math.min(...waited);
  const holds = waited.filter((ms) => ms === least).length === 1 && waited.length > 1;
  return partitions.map((one) => {
    const role = isIdle(one.watermarkMs) ? 'idle' : holds && level(one.watermarkMs) === least ? 'slowest' : 'other';
    return { partition: one.partition, watermarkMs: one.watermarkMs, role };
  });
}
