/** What was seen over time, kept for a page that is opened again, in bounded room. */
export class Seen<T extends { atMs: number }> {
  /** As JSON, which takes a tenth of the room that objects do. */
  #samples: string[] = [];
  #characters = 0;
  readonly #most: number;

  /** @param most characters of all samples as JSON */
  constructor(most: number) {
    this.#most = most;
  }

  /** Of the samples that no longer have room, every second one of the older half goes: what is long ago is told more coarsely. */
  add(sample: T): void {
    const text = JSON.stringify(sample);
    this.#samples.push(text);
    this.#characters += text.length;
    while (this.#characters > this.#most && this.#samples.length > 1) this.#thin();
  }

  /** In order. */
  all(): T[] {
    return this.#samples.map((text) => JSON.parse(text));
  }

  #thin(): void {
    const half = Math.ceil(this.#samples.length / 2);
    this.#samples = this.#samples.filter((_, index) => index >= half || index % 2 === 1);
    this.#characters = this.#samples.reduce((sum, { length }) => sum + length, 0);
  }
}
