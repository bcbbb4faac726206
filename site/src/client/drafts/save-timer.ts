/** When a draft is saved next: soon after an edit, later after each failure. */
export interface SaveTimerOptions {
  now: () => number;
  /** Calls `run` after `ms`; returns a function that cancels it. */
  later: (ms: number, run: () => void) => () => void;
  save: () => void;
}

const SAVE_MS = 700;
const RETRY_MS = [1_000, 2_000, 4_000, 8_000];

export class SaveTimer {
  readonly #options: SaveTimerOptions;
  #timer: { at: number; cancel: () => void } | null = null;
  #failures = 0;
  /** Until when the server asked to be left alone. */
  #notBefore = 0;

  constructor(options: SaveTimerOptions) {
    this.#options = options;
  }

  /** Whether the last attempt failed. */
  get hasFailed(): boolean {
    return this.#failures > 0;
  }

  /** Saves after `ms`, by default a moment after an edit; an earlier time that is set already stays. */
  saveIn(ms = SAVE_MS): void {
    const now = this.#options.now();
    const at = Math.max(now + ms, this.#notBefore);
    if (this.#timer && this.#timer.at <= at) return;
    this.cancel();
    const cancel = this.#options.later(at - now, () => {
      this.#timer = null;
      this.#options.save();
    });
    this.#timer = { at, cancel };
  }

  cancel(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }

  /** Notes that the server has answered, or that it is worth trying again. */
  succeeded(): void {
    this.#failures = 0;
    this.#notBefore = 0;
  }

  /** Notes an edit: what was refused before may be accepted, once the server wants to be asked. */
  edited(): void {
    this.#failures = 0;
  }

  /** Notes a failure that another attempt would not mend: the next edit tries again. */
  refused(): void {
    this.#failures = 1;
  }

  /**
   * Notes a failure. Returns after how many ms to try again, longer each time.
   * @param retryAfterMs for how long the server asked to be left alone
   */
  failed(retryAfterMs?: number): number {
    const pause = RETRY_MS[Math.min(this.#failures++, RETRY_MS.length - 1)] ?? SAVE_MS;
    if (retryAfterMs === undefined) return pause;
    this.#notBefore = this.#options.now() + retryAfterMs;
    return retryAfterMs;
  }
}
