/** What was seen over time, kept for a page that is opened again, in bounded room. */
export class Seen<T extends { atMs: number }> {
  #samples: { sample: T; characters: number }[] = [];
  #characters = 0;
  readonly #most: number;

  /** @param most characters of all samples as JSON */
  constructor(most: number) {
    this.#most = most;
  }

  /** Of the samples that no longer have room, every second one of the older half goes: what is long ago is told more coarsely. */
  add(sample: T): void {
    const { length: characters } = JSON.stringify(sample);
    this.#samples.push({ sample, characters });
    this.#characters += characters;
    while (this.#characters > this.#most && this.#samples.length > 1) this.#thin();
  }

  /** In order. */
  all(): T[] {
    return this.#samples.map(({ sample }) => sample);
  }

  #thin(): void {
    const half = Math.ceil(this.#samples.length / 2);
    this.#samples = this.#samples.filter((_, index) => index >= half || index % 2 === 1);
    this.#characters = this.#samples.reduce((sum, { characters }) => sum + characters, 0);
  }
}
