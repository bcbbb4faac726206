/**
 * Things that take long to make, such as a JVM or a container: made ahead of demand, lent by turns, never more than a cap.
 */

import { PlatformError } from '#sandbox/errors.ts';
import { type Waiting, type WaitingFor, waitingFor } from '#sandbox/protocol/waiting.ts';
import { PoolWork } from './pool-work.ts';
import { WaitingLine } from './waiting-line.ts';

export interface WarmPoolOptions<Item> {
  /** @param tell called with what it does, as text, for the caller that waits longest */
  make: (tell: (message: string) => void) => Promise<Item>;
  end: (item: Item) => PromiseLike<void>;
  /** Whether it is no longer of use. */
  isBroken: (item: Item) => boolean;
  /** What a caller waits for while one is made, and in the queue. */
  awaited: Record<'starting' | 'free', WaitingFor>;
  /** How many to keep warm that no one has. */
  spares: () => number;
  /** How many there may be at most: lent, warm and starting. */
  cap: (there: Pick<PoolCounts, 'lent' | 'spare' | 'starting'>) => number;
  /** How many may be made at the same time. */
  mostStarting: () => number;
  /** A spare that was taken is made up for after this time: until then it may be back. */
  refillAfterMs: number;
  /** Called with the error when something fails that no caller waits for. */
  onFault: (error: unknown) => void;
}

export interface PoolCounts {
  lent: number;
  spare: number;
  starting: number;
  waiting: number;
  /** How many `raise` asked for, lent and spare. */
  raised: number;
  /** Null where there is no limit. */
  cap: number | null;
}

export interface WarmPool<Item> extends AsyncDisposable {
  /**
   * One that no one has, immediately when a spare is there. The caller gives it back.
   * @param onWait called with what the caller waits for, when it changes
   * @param owner who takes it, a learner: owners take turns, and one who has none is served as it came
   * @throws PlatformError SERVICE_NOT_READY when none could be made; the signal's reason
   */
  take(signal?: AbortSignal, onWait?: (what: Waiting) => void, owner?: unknown): Promise<Item>;
  /** Keeps what was lent for the next one when a spare is wanted, else ends it. */
  giveBack(item: Item): Promise<void>;
  /** Makes spares, without waiting for them. */
  fill(): void;
  /**
   * From here on there are so many, lent and spare, ahead of those who will come, as far as the cap goes. Does not wait for them.
   * @param onProgress called with how many there are each time there is one more, until it is done
   */
  raise(count: number, onProgress?: (count: number) => void): void;
  /** Ends the spares that are broken or too many, and makes up for them. */
  tend(): void;
  /** Rejects every caller that waits. */
  turnAway(error: unknown): void;
  lent(): Iterable<Item>;
  state(): 'idle' | 'starting' | 'ready' | 'failed';
  counts(): PoolCounts;
}

export function openWarmPool<Item>(options: WarmPoolOptions<Item>): WarmPool<Item> {
  const { isBroken, awaited, mostStarting, refillAfterMs, onFault } = options;
  const spares: Item[] = [];
  const lent = new Set<Item>();
  const line = new WaitingLine<Item>(advance);
  const work = new PoolWork<Item>({
    ...{ make: options.make, end: options.end, onFault },
    tell: (message) => line.tellFirst(waitingFor(awaited.starting, { progress: message })),
    onFailed: giveUpOne,
    onEnded: advance,
  });
  let hasFailed = false;
  let refill: NodeJS.Timeout | null = null;
  let raised: { count: number; tell: ((count: number) => void) | undefined } = { count: 0, tell: undefined };

  /** Gives what is warm to the callers that wait longest, and makes what is missing. */
  function advance(): void {
    while (line.length > 0 && spares.length > 0) handOver();
    while (work.starting < Math.min(line.length, mostStarting()) && hasRoom()) begin();
    line.tellAll((position) =>
      position <= work.starting ? waitingFor(awaited.starting) : waitingFor(awaited.free, { position }),
    );
    if (line.length === 0) refill ??= setTimeout(fill, refillAfterMs).unref();
  }

  function handOver(): void {
    const item = spares.shift();
    if (item === undefined) return;
    if (isBroken(item)) return void work.finish(item);
    lent.add(item);
    line.serve(item);
  }

  function fill(): void {
    if (refill) clearTimeout(refill);
    refill = null;
    const isMissing = () => spares.length + work.starting < wanted() + line.length;
    while (isMissing() && work.starting < mostStarting() && hasRoom()) begin();
  }

  function begin(): void {
    const isAhead = line.length <= work.starting;
    work.begin(async (item) => {
      hasFailed = false;
      await keepOrEnd(item);
      if (isAhead) fill();
    });
  }

  function giveUpOne(error: unknown): void {
    hasFailed = true;
    if (!line.turnFirstAway(error)) onFault(error);
    if (line.length > 0) advance();
  }

  async function keepOrEnd(item: Item): Promise<void> {
    if (!isWanted(item)) return work.finish(item);
    spares.push(item);
    const there = spares.length + lent.size;
    if (there <= raised.count) raised.tell?.(there);
    advance();
  }

  function isWanted(item: Item): boolean {
    const isMissing = line.length > 0 || spares.length < wanted();
    return isMissing && !work.isClosed && !isBroken(item);
  }

  function wanted(): number {
    return Math.max(options.spares(), raised.count - lent.size);
  }

  function sizes() {
    return { lent: lent.size, spare: spares.length, starting: work.starting, waiting: line.length };
  }

  function hasRoom(): boolean {
    const there = lent.size + spares.length + work.starting + work.ending;
    return !work.isClosed && there < options.cap(sizes());
  }

  return {
    async take(signal, onWait, owner) {
      if (work.isClosed) throw shuttingDown();
      const taking = line.join({ owner, signal, onWait });
      advance();
      return taking;
    },
    async giveBack(item) {
      lent.delete(item);
      await keepOrEnd(item);
    },
    fill,
    raise(count, tell) {
      raised = { count, tell };
      fill();
    },
    tend() {
      if (work.isClosed) return;
      const all = spares.splice(0);
      spares.push(...all.filter((item) => !isBroken(item)).slice(0, Math.max(wanted(), line.length)));
      for (const item of all) if (!spares.includes(item)) work.finish(item);
      advance();
    },
    turnAway: (error) => line.turnAllAway(error),
    lent: () => lent,
    state() {
      if (lent.size + spares.length > 0) return 'ready';
      if (work.starting > 0) return 'starting';
      return hasFailed ? 'failed' : 'idle';
    },
    counts() {
      const cap = options.cap(sizes());
      return { ...sizes(), raised: raised.count, cap: Number.isFinite(cap) ? cap : null };
    },
    async [Symbol.asyncDispose]() {
      if (refill) clearTimeout(refill);
      const closing = work.close([...spares.splice(0), ...lent]);
      line.turnAllAway(shuttingDown());
      await closing;
    },
  };
}

function shuttingDown(): PlatformError {
  return new PlatformError('SHUTTING_DOWN', {
    message: 'The server is stopping.',
    hint: 'Try again when it has been started again.',
  });
}
