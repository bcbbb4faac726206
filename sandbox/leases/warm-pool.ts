/**
 * Things that take long to make, such as a JVM or a container: made ahead of demand, lent first in, first out, never more than a cap.
 */
import { PlatformError } from '#sandbox/errors.ts';
import { placeInWords } from './place-in-words.ts';

export interface WarmPoolOptions<Item> {
  /** @param tell told what it does, in words, for whoever waits longest */
  make: (tell: (message: string) => void) => Promise<Item>;
  end: (item: Item) => PromiseLike<void>;
  /** Whether it is of no use to anybody any more. */
  isBroken: (item: Item) => boolean;
  /** What is awaited: `Flink to start`, `a free Flink`. */
  words: { starting: string; free: string };
  /** How many to keep warm that nobody has. */
  spares: () => number;
  /** How many there may be at most: lent, warm and starting. */
  cap: (there: Pick<PoolCounts, 'lent' | 'spare' | 'starting'>) => number;
  /** How many may be made at the same time. */
  mostStarting: () => number;
  /** A spare that was taken is made up for after this time: until then it may be back. */
  refillAfterMs: number;
  /** Told what went wrong while nobody waited. */
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
   * One that nobody has, at once when a spare is there. Whoever gets it gives it back.
   * @param onWait told what is awaited, in words, each time it changes
   * @throws PlatformError SERVICE_NOT_READY when none could be made; the signal's reason
   */
  take(signal?: AbortSignal, onWait?: (what: string) => void): Promise<Item>;
  /** Keeps what was lent for the next one when a spare is wanted, else ends it. */
  giveBack(item: Item): Promise<void>;
  /** Makes spares, without waiting for them. */
  fill(): void;
  /**
   * From here on there are so many, lent and spare, ahead of those who will come, as far as the cap goes. Does not wait for them.
   * @param onProgress told how many there are each time there is one more, until it is done
   */
  raise(count: number, onProgress?: (count: number) => void): void;
  /** Ends the spares that are broken or too many, and makes up for them. */
  tend(): void;
  /** Rejects whoever waits. */
  turnAway(error: unknown): void;
  lent(): Iterable<Item>;
  state(): 'idle' | 'starting' | 'ready' | 'failed';
  counts(): PoolCounts;
}

interface Waiter<Item> {
  resolve: (item: Item) => void;
  reject: (error: unknown) => void;
  tell: (what: string) => void;
}

export function openWarmPool<Item>(options: WarmPoolOptions<Item>): WarmPool<Item> {
  const { make, end, isBroken, words, mostStarting, refillAfterMs, onFault } = options;
  const spares: Item[] = [];
  const lent = new Set<Item>();
  const starting = new Set<Promise<void>>();
  /** What is being ended still takes its room. */
  const ending = new Set<Promise<void>>();
  const waiting: Waiter<Item>[] = [];
  let hasFailed = false;
  let refill: NodeJS.Timeout | null = null;
  let raised: { count: number; tell: ((count: number) => void) | undefined } = { count: 0, tell: undefined };
  const closing = new AbortController();

  /** Gives what is warm to whoever waits longest, and makes what is missing. */
  function advance(): void {
    while (waiting.length > 0 && spares.length > 0) handOver();
    while (starting.size < Math.min(waiting.length, mostStarting()) && hasRoom()) begin();
    for (const [place, { tell }] of waiting.entries()) {
      tell(place < starting.size ? words.starting : placeInWords(words.free, place));
    }
    if (waiting.length === 0) refill ??= setTimeout(fill, refillAfterMs).unref();
  }

  function handOver(): void {
    const item = spares.shift();
    if (item === undefined) return;
    if (isBroken(item)) return void finish(item);
    lent.add(item);
    waiting.shift()?.resolve(item);
  }

  function fill(): void {
    if (refill) clearTimeout(refill);
    refill = null;
    const isMissing = () => spares.length + starting.size < wanted() + waiting.length;
    while (isMissing() && starting.size < mostStarting() && hasRoom()) begin();
  }

  function sizes() {
    return { lent: lent.size, spare: spares.length, starting: starting.size, waiting: waiting.length };
  }

  function wanted(): number {
    return Math.max(options.spares(), raised.count - lent.size);
  }

  function hasRoom(): boolean {
    const there = lent.size + spares.length + starting.size + ending.size;
    return !closing.signal.aborted && there < options.cap(sizes());
  }

  function begin(): void {
    const isAhead = waiting.length <= starting.size;
    const start: Promise<void> = make((message) => waiting.at(0)?.tell(message)).then(
      async (item) => {
        starting.delete(start);
        hasFailed = false;
        if (isWanted(item)) keep(item);
        else await finish(item);
        if (isAhead) fill();
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

  function isWanted(item: Item): boolean {
    const isMissing = waiting.length > 0 || spares.length < wanted();
    return isMissing && !closing.signal.aborted && !isBroken(item);
  }

  function keep(item: Item): void {
    spares.push(item);
    const there = spares.length + lent.size;
    if (there <= raised.count) raised.tell?.(there);
    advance();
  }

  async function giveBack(item: Item): Promise<void> {
    lent.delete(item);
    if (isWanted(item)) keep(item);
    else await finish(item);
  }

  async function finish(item: Item): Promise<void> {
    const ended = endQuietly(item);
    ending.add(ended);
    await ended;
    ending.delete(ended);
    if (!closing.signal.aborted) advance();
  }

  async function endQuietly(item: Item): Promise<void> {
    try {
      await end(item);
    } catch (error) {
      onFault(error);
    }
  }

  function tend(): void {
    if (closing.signal.aborted) return;
    const all = spares.splice(0);
    const usable = all.filter((item) => !isBroken(item)).slice(0, Math.max(wanted(), waiting.length));
    spares.push(...usable);
    for (const item of all) if (!usable.includes(item)) finish(item);
    advance();
  }

  const turnAway = (error: unknown) => {
    for (const { reject } of waiting.splice(0)) reject(error);
  };

  return {
    async take(signal, onWait) {
      signal?.throwIfAborted();
      if (closing.signal.aborted) throw shuttingDown();
      const { promise, resolve, reject } = Promise.withResolvers<Item>();
      const waiter: Waiter<Item> = { resolve, reject, tell: teller(onWait) };
      const leave = () => {
        if (waiting.includes(waiter)) waiting.splice(waiting.indexOf(waiter), 1);
        reject(signal?.reason);
      };
      waiting.push(waiter);
      signal?.addEventListener('abort', leave, { once: true });
      advance();
      return promise.finally(() => signal?.removeEventListener('abort', leave));
    },
    giveBack,
    fill,
    raise(count, tell) {
      raised = { count, tell };
      fill();
    },
    tend,
    turnAway,
    lent: () => lent,
    state() {
      if (lent.size + spares.length > 0) return 'ready';
      if (starting.size > 0) return 'starting';
      return hasFailed ? 'failed' : 'idle';
    },
    counts() {
      const cap = options.cap(sizes());
      return { ...sizes(), raised: raised.count, cap: Number.isFinite(cap) ? cap : null };
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      if (refill) clearTimeout(refill);
      turnAway(shuttingDown());
      await Promise.all([...spares.splice(0), ...lent].map(endQuietly));
      await Promise.all([...starting, ...ending]);
    },
  };
}

/** Tells only what is new. */
function teller(onWait: ((what: string) => void) | undefined): (what: string) => void {
  let told = '';
  return (what) => {
    if (what !== told) onWait?.(what);
    told = what;
  };
}

function shuttingDown(): PlatformError {
  return new PlatformError('SHUTTING_DOWN', {
    message: 'The server is stopping.',
    hint: 'Try again when it has been started again.',
  });
}
