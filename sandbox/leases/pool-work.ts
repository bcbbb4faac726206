/** Making and ending the items of a pool, both of which take their time and their room. */

export interface PoolWorkOptions<Item> {
  /** @param tell called with what it does, for the caller that waits longest */
  make: (tell: (message: string) => void) => Promise<Item>;
  end: (item: Item) => PromiseLike<void>;
  tell: (message: string) => void;
  /** Called when none could be made, but not after `close`. */
  onFailed: (error: unknown) => void;
  /** Called when an item has ended and its room is free, but not after `close`. */
  onEnded: () => void;
  /** Called with an error that no caller waits for. */
  onFault: (error: unknown) => void;
}

export class PoolWork<Item> {
  readonly #options: PoolWorkOptions<Item>;
  readonly #starting = new Set<Promise<void>>();
  readonly #ending = new Set<Promise<void>>();
  #isClosed = false;

  constructor(options: PoolWorkOptions<Item>) {
    this.#options = options;
  }

  /** Items that are being made. */
  get starting(): number {
    return this.#starting.size;
  }

  /** Items that are being ended; they still take their room. */
  get ending(): number {
    return this.#ending.size;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Makes an item and calls `onMade` with it, without waiting for that. */
  begin(onMade: (item: Item) => void | Promise<void>): void {
    const { make, tell, onFailed } = this.#options;
    const start: Promise<void> = make(tell).then(
      async (item) => {
        this.#starting.delete(start);
        await onMade(item);
      },
      (error: unknown) => {
        this.#starting.delete(start);
        if (!this.#isClosed) onFailed(error);
      },
    );
    this.#starting.add(start);
  }

  /** Ends an item. Never rejects. */
  async finish(item: Item): Promise<void> {
    const ended = this.#endQuietly(item);
    this.#ending.add(ended);
    await ended;
    this.#ending.delete(ended);
    if (!this.#isClosed) this.#options.onEnded();
  }

  /** From here on nothing is reported. Ends `items`, and waits for all that is under way. */
  async close(items: readonly Item[]): Promise<void> {
    this.#isClosed = true;
    await Promise.all(items.map((item) => this.#endQuietly(item)));
    await Promise.all([...this.#starting, ...this.#ending]);
  }

  async #endQuietly(item: Item): Promise<void> {
    try {
      await this.#options.end(item);
    } catch (error) {
      this.#options.onFault(error);
    }
  }
}
