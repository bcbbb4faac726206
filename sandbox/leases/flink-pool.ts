/**
 * Flink JVMs that are lent: none before the first one is wanted, then some kept warm ahead of demand, never more than the cap.
 */

import { availableParallelism } from 'node:os';
import { PlatformError } from '#sandbox/errors.ts';
import type { Waiting } from '#sandbox/protocol/waiting.ts';
import type { Endpoint } from '#sandbox/providers/provider.ts';
import type { Flink } from '#sandbox/services/flink/flink.ts';
import { type FlinkSeat, type OwnedSeat, seatOf } from '#sandbox/services/flink/session/seat.ts';
import { endJobs, probe } from './flink-probe.ts';
import { type WatchOptions, watchFlinks } from './flink-watch.ts';
import { openWarmPool, type WarmPool } from './warm-pool.ts';

/** A warm JVM that no one else has. Disposing it gives it back: jobs are ended, and it is lent again if it still works. */
export interface LentFlink extends FlinkSeat, AsyncDisposable {}

export interface FlinkPoolOptions {
  /** @param onProgress called with what it does, as text, for the caller that waits */
  start: (onProgress: (message: string) => void) => Promise<Flink>;
  /** Where the JVMs reach Kafka; asked once a JVM has started. */
  broker: () => Promise<Endpoint> | Endpoint;
  /** Called with each JVM before it is lent, so that no learner pays for the first query of a JVM: see `sandbox/sql/warm-up.ts`. */
  warmUp?: (seat: FlinkSeat) => Promise<void>;
  /** JVMs kept warm that no one has. */
  spares: number;
  /** JVMs there may be at most: lent, warm and starting. */
  cap: number;
  /** Called with the error when something fails that no caller waits for: a spare that did not start, a JVM that was ended because it no longer responded. */
  onFault: (error: unknown) => void;
  /** How the watchdog looks at what is lent. */
  watch?: WatchOptions;
  /** A spare that was taken is made up for after this time: until then it may be back, as after a Check. */
  refillAfterMs?: number;
}

export interface FlinkPool extends Pick<WarmPool<OwnedSeat>, 'raise' | 'state' | 'counts'>, AsyncDisposable {
  /** Starts spares, without waiting for them. */
  warm(): void;
  /**
   * A JVM, at once when one is warm; by turns when the cap is reached.
   * @param onWait called with what the caller waits for, when it changes
   * @param owner who takes it, a learner: owners take turns, and one who has none is served as it came
   * @throws PlatformError SERVICE_NOT_READY when none could be started; the signal's reason
   */
  take(signal?: AbortSignal, onWait?: (what: Waiting) => void, owner?: unknown): Promise<LentFlink>;
}

const WATCH: WatchOptions = { everyMs: 10_000, slowMs: 5000 };
const REFILL_AFTER_MS = 20_000;
/** A start keeps a core busy for seconds. */
const MOST_STARTING = Math.max(1, Math.floor(availableParallelism() / 2));

export function openFlinkPool(options: FlinkPoolOptions): FlinkPool {
  const { spares, cap, onFault, watch = WATCH, refillAfterMs = REFILL_AFTER_MS } = options;
  const pool = openWarmPool<OwnedSeat>({
    make: startSeat,
    end: (seat) => seat.end(),
    isBroken: (seat) => seat.broken(),
    awaited: { starting: 'flink-start', free: 'flink' },
    spares: () => spares,
    cap: () => cap,
    mostStarting: () => MOST_STARTING,
    refillAfterMs,
    onFault,
  });

  async function startSeat(tell: (message: string) => void): Promise<OwnedSeat> {
    const flink = await options.start(tell);
    const seat = seatOf(flink, await options.broker(), onFault);
    try {
      await options.warmUp?.(seat);
    } catch (error) {
      await seat.end();
      throw error;
    }
    flink.ended.then(pool.tend, onFault);
    return seat;
  }

  function lend(seat: OwnedSeat): LentFlink {
    let given: Promise<void> | null = null;
    return {
      ...seat,
      [Symbol.asyncDispose]() {
        given ??= takeBack(seat);
        return given;
      },
    };
  }

  async function takeBack(seat: OwnedSeat): Promise<void> {
    const works = !seat.broken() && (await stillWorks(seat, watch.slowMs));
    if (!works) seat.discard();
    await pool.giveBack(seat);
  }

  const watchdog = watchFlinks(pool.lent, watch, (seat) => {
    onFault(notAnswering(seat.flink.pid, watch.slowMs));
    seat.discard();
  });

  return {
    warm: pool.fill,
    raise: pool.raise,
    state: pool.state,
    counts: pool.counts,
    take: async (signal, onWait, owner) => lend(await pool.take(signal, onWait, owner)),
    async [Symbol.asyncDispose]() {
      watchdog[Symbol.dispose]();
      await pool[Symbol.asyncDispose]();
    },
  };
}

async function stillWorks(seat: FlinkSeat, limitMs: number): Promise<boolean> {
  try {
    await endJobs(seat, limitMs);
    await probe(seat, limitMs);
    return true;
  } catch {
    return false; // it is ended, which is all that a caller needs to know
  }
}

function notAnswering(pid: number, slowMs: number): PlatformError {
  return new PlatformError('SERVICE_NOT_READY', {
    message: `Flink (process ${pid}) took more than ${slowMs} ms for a statement twice and was ended.`,
    hint: 'Whoever had it gets a new one; if this happens often, raise the heap in sandbox/config.ts.',
  });
}
