/**
 * Flink JVMs that are lent: none before the first one is wanted, then some kept warm ahead of demand, never more than the cap.
 */
import { availableParallelism } from 'node:os';
import { PlatformError } from '#sandbox/errors.ts';
import type { Flink } from '#sandbox/flink.ts';
import type { Endpoint } from '#sandbox/providers/provider.ts';
import { type FlinkSeat, type OwnedSeat, seatOf } from '#sandbox/sql/flink-seat.ts';
import { endJobs, probe } from './flink-probe.ts';
import { type WatchOptions, watchFlinks } from './flink-watch.ts';

/** A warm JVM that nobody else has. Disposing it gives it back: jobs are ended, and it is lent again if it still works. */
export interface LentFlink extends FlinkSeat, AsyncDisposable {}

export interface FlinkPoolOptions {
  /** @param onProgress told what it does, in words, for whoever waits */
  start: (onProgress: (message: string) => void) => Promise<Flink>;
  /** Where the JVMs reach Kafka; asked once a JVM has started. */
  broker: () => Promise<Endpoint> | Endpoint;
  /** Done with each JVM before it is lent, so that nobody pays for the first query of a JVM: see `sandbox/sql/warm-up.ts`. */
  warmUp?: (seat: FlinkSeat) => Promise<void>;
  /** JVMs kept warm that nobody has. */
  spares: number;
  /** JVMs there may be at most: lent, warm and starting. */
  cap: number;
  /** Told what went wrong while nobody waited: a spare that did not start, a JVM that was ended because it no longer answered. */
  onFault: (error: unknown) => void;
  /** How the watchdog looks at what is lent. */
  watch?: WatchOptions;
  /** A spare that was taken is made up for after this time: until then it may be back, as after a Check. */
  refillAfterMs?: number;
}

export interface FlinkPool extends AsyncDisposable {
  /** Starts spares, without waiting for them. */
  warm(): void;
  /**
   * A JVM, at once when one is warm; first in, first out when the cap is reached.
   * @param onWait told what is awaited, in words, each time it changes: `Flink to start`, `a free Flink (2 wait before you)`
   * @throws PlatformError SERVICE_NOT_READY when none could be started; the signal's reason
   */
  take(signal?: AbortSignal, onWait?: (what: string) => void): Promise<LentFlink>;
  /** `idle` before the first one is wanted; `failed` when the last start failed and none is there. */
  state(): 'idle' | 'starting' | 'ready' | 'failed';
  counts(): { lent: number; spare: number; starting: number; waiting: number };
}

interface Waiter {
  resolve: (lent: LentFlink) => void;
  reject: (error: unknown) => void;
  tell: (what: string) => void;
}

const WATCH: WatchOptions = { everyMs: 10_000, slowMs: 5000 };
const REFILL_AFTER_MS = 20_000;
/** A start keeps a core busy for seconds. */
const MOST_STARTING = Math.max(1, Math.floor(availableParallelism() / 2));

export function openFlinkPool(options: FlinkPoolOptions): FlinkPool {
  const { spares: wanted, cap, onFault, watch = WATCH, refillAfterMs = REFILL_AFTER_MS } = options;
  const spares: OwnedSeat[] = [];
  const lent = new Set<OwnedSeat>();
  const starting = new Set<Promise<void>>();
  const waiting: Waiter[] = [];
  let hasFailed = false;
  let refill: NodeJS.Timeout | null = null;
  const closing = new AbortController();

  /** Gives what is warm to whoever waits longest, and starts what is missing. */
  function advance(): void {
    while (waiting.length > 0 && spares.length > 0) handOver();
    while (starting.size < Math.min(waiting.length, MOST_STARTING) && hasRoom()) begin();
    for (const [place, { tell }] of waiting.entries()) {
      tell(place < starting.size ? 'Flink to start' : `a free Flink (${place} wait before you)`);
    }
    if (waiting.length === 0 && !refill) refill = setTimeout(fillSpares, refillAfterMs).unref();
  }

  function handOver(): void {
    const seat = spares.shift();
    if (seat && !seat.broken()) waiting.shift()?.resolve(lend(seat));
  }

  function fillSpares(): void {
    if (refill) clearTimeout(refill);
    refill = null;
    const isMissing = () => spares.length + starting.size < wanted + waiting.length;
    while (isMissing() && starting.size < MOST_STARTING && hasRoom()) begin();
  }

  function hasRoom(): boolean {
    return !closing.signal.aborted && lent.size + spares.length + starting.size < cap;
  }

  function begin(): void {
    const start: Promise<void> = startSeat().then(
      async (seat) => {
        starting.delete(start);
        hasFailed = false;
        await keep(seat);
      },
      (error: unknown) => {
        starting.delete(start);
        if (closing.signal.aborted) return;
        hasFailed = true;
        const first = waiting.shift();
        if (first) first.reject(error);
        else onFault(error);
        if (waiting.length > 0) advance();
      },
    );
    starting.add(start);
  }

  async function startSeat(): Promise<OwnedSeat> {
    const flink = await options.start((message) => waiting.at(0)?.tell(message));
    const seat = seatOf(flink, await options.broker(), onFault);
    try {
      await options.warmUp?.(seat);
    } catch (error) {
      await seat.end();
      throw error;
    }
    flink.ended.then(() => forget(seat), onFault);
    return seat;
  }

  function forget(seat: OwnedSeat): void {
    const place = spares.indexOf(seat);
    if (place >= 0) spares.splice(place, 1);
    if (!closing.signal.aborted) advance();
  }

  async function keep(seat: OwnedSeat): Promise<void> {
    const isWanted = waiting.length > 0 || spares.length < wanted;
    if (isWanted && !closing.signal.aborted && !seat.broken()) {
      spares.push(seat);
      advance();
      return;
    }
    await seat.end();
    advance();
  }

  function lend(seat: OwnedSeat): LentFlink {
    lent.add(seat);
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
    if (!works) await seat.end().catch(onFault);
    lent.delete(seat);
    await keep(seat).catch(onFault);
  }

  const watchdog = watchFlinks(
    () => lent,
    watch,
    (seat) => {
      onFault(notAnswering(seat.flink.pid, watch.slowMs));
      seat.discard();
    },
  );

  return {
    warm: fillSpares,
    take(signal, onWait) {
      const { promise, resolve, reject } = Promise.withResolvers<LentFlink>();
      if (signal?.aborted) return Promise.reject(signal.reason);
      if (closing.signal.aborted) return Promise.reject(shuttingDown());
      const waiter: Waiter = { resolve, reject, tell: teller(onWait) };
      waiting.push(waiter);
      const leave = () => {
        if (waiting.includes(waiter)) waiting.splice(waiting.indexOf(waiter), 1);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', leave, { once: true });
      advance();
      return promise.finally(() => signal?.removeEventListener('abort', leave));
    },
    state() {
      if (lent.size + spares.length > 0) return 'ready';
      if (starting.size > 0) return 'starting';
      return hasFailed ? 'failed' : 'idle';
    },
    counts: () => ({ lent: lent.size, spare: spares.length, starting: starting.size, waiting: waiting.length }),
    async [Symbol.asyncDispose]() {
      closing.abort();
      if (refill) clearTimeout(refill);
      watchdog[Symbol.dispose]();
      for (const { reject } of waiting.splice(0)) reject(shuttingDown());
      await Promise.all([...spares.splice(0), ...lent].map((seat) => seat.end().catch(onFault)));
      await Promise.all(starting);
    },
  };
}

/** Tells only what is new. */
function teller(onWait: ((what: string) => void) | undefined): Waiter['tell'] {
  let told = '';
  return (what) => {
    if (what !== told) onWait?.(what);
    told = what;
  };
}

async function stillWorks(seat: FlinkSeat, limitMs: number): Promise<boolean> {
  try {
    await endJobs(seat, limitMs);
    await probe(seat, limitMs);
    return true;
  } catch {
    return false; // it is ended, which is all that anybody needs to know
  }
}

function notAnswering(pid: number, slowMs: number): PlatformError {
  return new PlatformError('SERVICE_NOT_READY', {
    message: `Flink (process ${pid}) took more than ${slowMs} ms for a statement twice and was ended.`,
    hint: 'Whoever had it gets a new one; if this happens often, raise the heap in sandbox/config.ts.',
  });
}

function shuttingDown(): PlatformError {
  return new PlatformError('SHUTTING_DOWN', {
    message: 'The server is stopping.',
    hint: 'Try again when it has been started again.',
  });
}
