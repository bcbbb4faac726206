/** Time between two tellings of positions: a person reads them. */
const EVERY_MS = 2000;

/** Tells those who wait what has changed, every two seconds at most, however often something changes. */
export class PacedTelling implements Disposable {
  readonly #tell: () => void;
  #timer: NodeJS.Timeout | null = null;

  constructor(tell: () => void) {
    this.#tell = tell;
  }

  /** Notes that there is something to tell. */
  soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#tell();
    }, EVERY_MS).unref();
  }

  [Symbol.dispose](): void {
    if (this.#timer) clearTimeout(this.#timer);
  }
}
