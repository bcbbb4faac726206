import { Transform } from 'node:stream';

/** Holds back for a time what passes between a learner's programs and the broker; their connections stay. */
export class Hold {
  #lasting: { over: PromiseWithResolvers<void>; timer: NodeJS.Timeout } | null = null;

  get lasts(): boolean {
    return this.#lasting !== null;
  }

  /** Begins it, in the place of one that lasts; 0 ends that. */
  begin(forMs: number): void {
    const over = this.#lasting?.over ?? Promise.withResolvers<void>();
    clearTimeout(this.#lasting?.timer);
    const end = () => {
      this.#lasting = null;
      over.resolve();
    };
    if (forMs > 0) this.#lasting = { over, timer: setTimeout(end, forMs).unref() };
    else end();
  }

  /** Settles when nothing is held back. */
  async over(): Promise<void> {
    while (this.#lasting) await this.#lasting.over.promise;
  }

  /** Returns what lets bytes through, but for the time in which they are held back. */
  valve(): Transform {
    return new Transform({
      transform: (chunk, _encoding, done) => {
        if (!this.lasts) return done(null, chunk);
        void this.over().then(() => done(null, chunk));
      },
    });
  }
}
