import { saysTheSame, type Waiting } from '#sandbox/protocol/waiting.ts';
import { PacedTelling } from './paced-telling.ts';
import { type Turn, TurnLine } from './turn-line.ts';

/** What a caller at a position waits for; positions count from 1. */
export type WaitingAt = (position: number) => Waiting;

interface Joining {
  /** Who waits, a learner as a rule: one who has many waiting takes turns with the others. Callers without an owner are served as they came. */
  owner?: unknown;
  signal?: AbortSignal | undefined;
  /** Called with what the caller waits for, when it changes: at once on arrival, later every two seconds at most. */
  onWait?: ((what: Waiting) => void) | undefined;
}

/** Callers that wait for one of something, by turns. */
export class WaitingLine<Got> {
  readonly #line = new TurnLine<Waiter<Got>>();
  readonly #onLeave: () => void;
  readonly #telling = new PacedTelling(() => this.#tellEveryone());
  /** Those whom nobody has told anything. */
  readonly #newcomers = new Set<Waiter<Got>>();
  #waitingAt: WaitingAt | null = null;

  /** @param onLeave called when a caller has left without being served */
  constructor(onLeave: () => void = () => undefined) {
    this.#onLeave = onLeave;
  }

  get length(): number {
    return this.#line.length;
  }

  /**
   * Joins and resolves when served.
   * @throws the signal's reason, and leaves the line; the error by which it was turned away
   */
  async join({ owner = Symbol('nobody'), signal, onWait }: Joining = {}): Promise<Got> {
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Got>();
    const waiter: Waiter<Got> = { resolve, reject, tell: tellChanges(onWait), turn: null };
    const turn = this.#line.add(owner, waiter);
    waiter.turn = turn;
    this.#newcomers.add(waiter);
    const leave = () => {
      if (!this.#line.remove(turn)) return;
      this.#newcomers.delete(waiter);
      reject(signal?.reason);
      this.#onLeave();
    };
    signal?.addEventListener('abort', leave, { once: true });
    try {
      return await promise;
    } finally {
      signal?.removeEventListener('abort', leave);
    }
  }

  /** Serves the next in line. Returns false when no caller waits. */
  serve(got: Got): boolean {
    const next = this.#take();
    next?.resolve(got);
    return next !== undefined;
  }

  /** Turns the next in line away. Returns false when no caller waits. */
  turnFirstAway(error: unknown): boolean {
    const next = this.#take();
    next?.reject(error);
    return next !== undefined;
  }

  turnAllAway(error: unknown): void {
    while (this.turnFirstAway(error));
  }

  /** Tells the next in line what happens for it. */
  tellFirst(what: Waiting): void {
    this.#line.first()?.tell(what);
  }

  /** Tells everyone what they wait for: those who have just come at once, the rest soon. Telling all at each step would be quadratic. */
  tellAll(waitingAt: WaitingAt): void {
    this.#waitingAt = waitingAt;
    for (const { tell, turn } of this.#newcomers) if (turn) tell(waitingAt(this.#line.position(turn)));
    this.#newcomers.clear();
    if (this.length > 0) this.#telling.soon();
  }

  #tellEveryone(): void {
    let position = 0;
    for (const { tell } of this.#line.inOrder()) {
      position += 1;
      if (this.#waitingAt) tell(this.#waitingAt(position), 'as before');
    }
  }

  #take(): Waiter<Got> | undefined {
    const next = this.#line.take();
    if (next) this.#newcomers.delete(next);
    return next;
  }
}

interface Waiter<Got> {
  resolve: (got: Got) => void;
  reject: (error: unknown) => void;
  /** @param when `as before` does not take back what was told of its progress */
  tell: (what: Waiting, when?: 'as before') => void;
  turn: Turn<Waiter<Got>> | null;
}

function tellChanges(onWait: ((what: Waiting) => void) | undefined): Waiter<unknown>['tell'] {
  let told: Waiting | null = null;
  return (what, when) => {
    if (when && told?.progress && told.for === what.for) return;
    if (!saysTheSame(what, told)) onWait?.(what);
    told = what;
  };
}
