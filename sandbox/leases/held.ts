import { PlatformError } from '#sandbox/errors.ts';
import { type Waiting, type WaitingFor, waitingFor } from '#sandbox/protocol/waiting.ts';
import { abortable } from '#sandbox/readiness/abortable.ts';

export interface Lender<Lent> {
  take(signal?: AbortSignal, onWait?: (what: Waiting) => void): Promise<Lent>;
}

/**
 * What a lease holds out of a pool, a Flink or a workspace: none before it is needed, then the same one until it ends or the lease does.
 */
export class Held<Lent extends AsyncDisposable & { broken(): boolean }> implements AsyncDisposable {
  readonly #pool: Lender<Lent>;
  readonly #onFault: (error: unknown) => void;
  readonly #closing = new AbortController();
  readonly #listeners = new Set<(what: Waiting) => void>();
  #taking: Promise<Lent> | null = null;
  #held: Lent | null = null;
  readonly #atFirst: Waiting;
  #awaiting: Waiting;

  /**
   * @param what what the caller waits for before the pool has reported anything
   * @param onFault called with the error when something fails that no caller waits for
   */
  constructor(what: WaitingFor, pool: Lender<Lent>, onFault: (error: unknown) => void) {
    this.#atFirst = waitingFor(what);
    this.#awaiting = this.#atFirst;
    this.#pool = pool;
    this.#onFault = onFault;
  }

  /** The one that is there at this moment; null while none is. */
  current(): Lent | null {
    return this.#held?.broken() === false ? this.#held : null;
  }

  /** What callers waited for last. */
  get awaiting(): Waiting {
    return this.#awaiting;
  }

  /** Takes one ahead of need, also in place of one that has ended, without waiting for it. */
  warm(): void {
    this.take().catch((error: unknown) => {
      if (!this.#closing.signal.aborted) this.#onFault(error);
    });
  }

  /**
   * The one of this lease. A caller that gives up does not take it from the rest that wait.
   * @param onWait called with what the caller waits for, each time it changes
   * @throws PlatformError SERVICE_NOT_READY when none could be started; the signal's reason
   */
  async take(signal?: AbortSignal, onWait?: (what: Waiting) => void): Promise<Lent> {
    this.#closing.signal.throwIfAborted();
    const current = this.current();
    if (current) return current;
    if (this.#held) this.replace();
    const taking = this.#taking ?? this.#begin();
    onWait?.(this.#awaiting);
    if (onWait) this.#listeners.add(onWait);
    try {
      return await abortable(taking, signal);
    } finally {
      if (onWait) this.#listeners.delete(onWait);
    }
  }

  /** Gives it back, for something in it does not end as it should or it is not needed; the next `take` gets a new one. */
  replace(): void {
    this.#giveBack().catch(this.#onFault);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(
      new PlatformError('SERVICE_NOT_READY', {
        message: 'This sandbox has been given back.',
        hint: 'Run again: you get a new one.',
      }),
    );
    await this.#taking?.catch(() => null);
    await this.#giveBack();
  }

  #begin(): Promise<Lent> {
    this.#awaiting = this.#atFirst;
    const hear = (what: Waiting) => {
      this.#awaiting = what;
      for (const listener of this.#listeners) listener(what);
    };
    const taking = this.#pool
      .take(this.#closing.signal, hear)
      .then((lent) => {
        this.#held = lent;
        return lent;
      })
      .finally(() => {
        this.#taking = null;
      });
    taking.catch(() => null); // told to the callers that wait; there may be none
    this.#taking = taking;
    return taking;
  }

  async #giveBack(): Promise<void> {
    const held = this.#held;
    this.#held = null;
    await held?.[Symbol.asyncDispose]();
  }
}
