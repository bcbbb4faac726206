/** An amount that is taken and given back. Whoever takes more than is left waits, first come, first served. */
export class Budget {
  #left: number;
  readonly #waiting: { amount: number; begin: () => void }[] = [];

  /** @param total what can be taken at most, also by one */
  constructor(total: number) {
    this.#left = total;
  }

  /** Returns how to give it back, which may be called more than once. */
  async take(amount: number): Promise<() => void> {
    if (this.#waiting.length > 0 || amount > this.#left) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting.push({ amount, begin: resolve });
      await promise;
    } else {
      this.#left -= amount;
    }
    let taken = amount;
    return () => {
      this.#left += taken;
      taken = 0;
      this.#serve();
    };
  }

  #serve(): void {
    for (let next = this.#waiting[0]; next && next.amount <= this.#left; next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#left -= next.amount;
      next.begin();
    }
  }
}
