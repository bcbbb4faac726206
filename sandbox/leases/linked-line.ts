/** A value's place in a line. */
export interface Place<T> {
  readonly value: T;
  before: Place<T> | null;
  after: Place<T> | null;
}

/** Values in the order in which they came. Adding, removing and finding the first take the same time however many there are. */
export class LinkedLine<T> implements Iterable<T> {
  #first: Place<T> | null = null;
  #last: Place<T> | null = null;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  get first(): Place<T> | null {
    return this.#first;
  }

  /** Adds at the end. */
  add(value: T): Place<T> {
    const place: Place<T> = { value, before: this.#last, after: null };
    if (this.#last) this.#last.after = place;
    else this.#first = place;
    this.#last = place;
    this.#length += 1;
    return place;
  }

  /** Removes a place of this line, which must still be in it. */
  remove({ before, after }: Place<T>): void {
    if (before) before.after = after;
    else this.#first = after;
    if (after) after.before = before;
    else this.#last = before;
    this.#length -= 1;
  }

  *[Symbol.iterator](): Generator<T> {
    for (let place = this.#first; place; place = place.after) yield place.value;
  }
}
