import { saysTheSame, type Waiting } from '#sandbox/protocol/waiting.ts';

/** Callers that wait for one of something, first in, first out. */
export class WaitingLine<Got> {
  readonly #waiters: Waiter<Got>[] = [];
  readonly #onLeave: () => void;

  /** @param onLeave called when a caller has left without being served, so that the rest can be told their new positions */
  constructor(onLeave: () => void = () => undefined) {
    this.#onLeave = onLeave;
  }

  get length(): number {
    return this.#waiters.length;
  }

  /**
   * Joins at the end and resolves when served.
   *
   * @param onWait called with what the caller waits for, each time it changes
   * @throws the signal's reason, and leaves the line; the error by which it was turned away
   */
  async join(signal?: AbortSignal, onWait?: (what: Waiting) => void): Promise<Got> {
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Got>();
    const waiter: Waiter<Got> = { resolve, reject, tell: tellChanges(onWait) };
    const leave = () => {
      const index = this.#waiters.indexOf(waiter);
      if (index < 0) return;
      this.#waiters.splice(index, 1);
      reject(signal?.reason);
      this.#onLeave();
    };
    this.#waiters.push(waiter);
    signal?.addEventListener('abort', leave, { once: true });
    try {
      return await promise;
    } finally {
      signal?.removeEventListener('abort', leave);
    }
  }

  /** Serves the first in line. Returns false when no caller waits. */
  serve(got: Got): boolean {
    const first = this.#waiters.shift();
    first?.resolve(got);
    return first !== undefined;
  }

  /** Turns the first in line away. Returns false when no caller waits. */
  turnFirstAway(error: unknown): boolean {
    const first = this.#waiters.shift();
    first?.reject(error);
    return first !== undefined;
  }

  turnAllAway(error: unknown): void {
    for (const { reject } of this.#waiters.splice(0)) reject(error);
  }

  /** Tells the first in line what happens for it. */
  tellFirst(what: Waiting): void {
    this.#waiters[0]?.tell(what);
  }

  /** @param waitingAt what the caller at a position waits for; positions count from 1 */
  tellAll(waitingAt: (position: number) => Waiting): void {
    for (const [index, { tell }] of this.#waiters.entries()) tell(waitingAt(index + 1));
  }
}

interface Waiter<Got> {
  resolve: (got: Got) => void;
  reject: (error: unknown) => void;
  tell: (what: Waiting) => void;
}

function tellChanges(onWait: ((what: Waiting) => void) | undefined): (what: Waiting) => void {
  let told: Waiting | null = null;
  return (what) => {
    if (!saysTheSame(what, told)) onWait?.(what);
    told = what;
  };
}
