/** Those who wait for one of something, first in, first out. */
export class WaitingLine<Got> {
  readonly #waiters: Waiter<Got>[] = [];
  readonly #onLeave: () => void;

  /** @param onLeave called when somebody has left without being served, so that the places of the rest can be told anew */
  constructor(onLeave: () => void = () => undefined) {
    this.#onLeave = onLeave;
  }

  get length(): number {
    return this.#waiters.length;
  }

  /**
   * Joins at the end and resolves when served.
   *
   * @param onWait called with what is awaited, each time it changes
   * @throws the signal's reason, and leaves the line; the error by which it was turned away
   */
  async join(signal?: AbortSignal, onWait?: (what: string) => void): Promise<Got> {
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Got>();
    const waiter: Waiter<Got> = { resolve, reject, tell: tellChanges(onWait) };
    const leave = () => {
      const place = this.#waiters.indexOf(waiter);
      if (place < 0) return;
      this.#waiters.splice(place, 1);
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

  /** Serves the first in line. Returns false when nobody waits. */
  serve(got: Got): boolean {
    const first = this.#waiters.shift();
    first?.resolve(got);
    return first !== undefined;
  }

  /** Turns the first in line away. Returns false when nobody waits. */
  turnFirstAway(error: unknown): boolean {
    const first = this.#waiters.shift();
    first?.reject(error);
    return first !== undefined;
  }

  turnAllAway(error: unknown): void {
    for (const { reject } of this.#waiters.splice(0)) reject(error);
  }

  /** Tells the first in line what happens for it. */
  tellFirst(what: string): void {
    this.#waiters[0]?.tell(what);
  }

  /** @param wordsFor what the one at a place awaits; places count from 0 */
  tellAll(wordsFor: (place: number) => string): void {
    for (const [place, { tell }] of this.#waiters.entries()) tell(wordsFor(place));
  }
}

interface Waiter<Got> {
  resolve: (got: Got) => void;
  reject: (error: unknown) => void;
  tell: (what: string) => void;
}

function tellChanges(onWait: ((what: string) => void) | undefined): (what: string) => void {
  let told: string | null = null;
  return (what) => {
    if (what !== told) onWait?.(what);
    told = what;
  };
}
