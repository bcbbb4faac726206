import type { FlinkSeat } from '#sandbox/services/flink/session/seat.ts';
import { glance, probe } from './flink-probe.ts';

export interface WatchOptions {
  everyMs: number;
  /** A statement that takes longer than this is of no use to a learner. */
  slowMs: number;
}

/** A glance takes a hundredth of this in a JVM that is well. */
const GLANCE_MS = 1000;
const SLOW_PROBES = 2;

/**
 * Looks at the JVMs that are lent, and gives up each that is too slow twice in a row.
 * @param onSlow told once a JVM
 */
export function watchFlinks(
  seats: () => Iterable<FlinkSeat>,
  { everyMs, slowMs }: WatchOptions,
  onSlow: (seat: FlinkSeat) => void,
): Disposable {
  const looking = new Set<FlinkSeat>();

  async function look(seat: FlinkSeat): Promise<void> {
    looking.add(seat);
    if (!(await isAnswered(glance(seat, Math.min(GLANCE_MS, slowMs)))) && (await isSlow(seat))) onSlow(seat);
    looking.delete(seat);
  }

  async function isSlow(seat: FlinkSeat): Promise<boolean> {
    for (let attempt = 0; attempt < SLOW_PROBES; attempt++) {
      if (seat.broken() || (await isAnswered(probe(seat, slowMs)))) return false;
    }
    return !seat.broken();
  }

  const timer = setInterval(() => {
    for (const seat of seats()) if (!seat.broken() && !looking.has(seat)) look(seat);
  }, everyMs).unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

function isAnswered(asked: Promise<void>): Promise<boolean> {
  return asked.then(
    () => true,
    () => false,
  );
}
