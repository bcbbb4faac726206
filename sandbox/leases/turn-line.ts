/**
 * What waits for something that is shared, served by turns: whoever has had a turn has the next one after all others who wait. Within one
 * owner it is first in, first out. So it does not help to ask often, and one who asks once waits for one turn of each other at most.
 */
import { LinkedLine, type Place } from './linked-line.ts';

interface Waiting<T> {
  readonly owner: Owner<T>;
  readonly value: T;
}

interface Owner<T> {
  readonly key: unknown;
  readonly waiting: LinkedLine<Waiting<T>>;
}

/** What `add` gives, to leave the line with. */
export type Turn<T> = Place<Waiting<T>>;

export class TurnLine<T> {
  /** Who waits: the first has the next turn. */
  readonly #ring = new LinkedLine<Owner<T>>();
  readonly #places = new Map<unknown, Place<Owner<T>>>();
  readonly #turns = new Set<Turn<T>>();

  get length(): number {
    return this.#turns.size;
  }

  /** How many owners wait. */
  get owners(): number {
    return this.#ring.length;
  }

  /** @param key who waits, compared as keys of a Map */
  add(key: unknown, value: T): Turn<T> {
    const owner = this.#places.get(key)?.value ?? this.#toTheEnd({ key, waiting: new LinkedLine() });
    const turn = owner.waiting.add({ owner, value });
    this.#turns.add(turn);
    return turn;
  }

  /** Leaves the line. Returns false when the turn has been had, or the line was left before. */
  remove(turn: Turn<T>): boolean {
    if (!this.#turns.delete(turn)) return false;
    const { owner } = turn.value;
    owner.waiting.remove(turn);
    if (owner.waiting.length === 0) this.#leave(owner);
    return true;
  }

  /** What is next; undefined when nothing waits. */
  first(): T | undefined {
    return this.#ring.first?.value.waiting.first?.value.value;
  }

  /**
   * Takes what is next.
   * @param prefers who may have a turn while others wait; when all who wait may not, the next of them has it, so that nothing stays idle
   */
  take(prefers: (key: unknown) => boolean = () => true): T | undefined {
    const [next] = this.#ring;
    if (!next) return undefined;
    const owner = this.#firstOf(prefers) ?? next;
    const turn = owner.waiting.first;
    if (!turn) return undefined;
    this.remove(turn);
    if (owner.waiting.length > 0) {
      this.#leave(owner);
      this.#toTheEnd(owner);
    }
    return turn.value.value;
  }

  /** How many turns it takes until this one, from 1, if nothing comes or leaves before. */
  position(turn: Turn<T>): number {
    const { owner } = turn.value;
    let ahead = 0;
    for (let other = turn.before; other; other = other.before) ahead += 1;
    // Whoever has nothing ahead of its own, and came last, waits for one turn of each other.
    if (ahead === 0 && this.#places.get(owner.key)?.after === null) return this.#ring.length;
    let position = ahead + 1;
    let isBefore = true;
    for (const other of this.#ring) {
      if (other === owner) isBefore = false;
      else position += Math.min(other.waiting.length, isBefore ? ahead + 1 : ahead);
    }
    return position;
  }

  /** Everything in the order of its turns. */
  *inOrder(): Generator<T> {
    let round = [...this.#ring].map(({ waiting }) => waiting[Symbol.iterator]());
    while (round.length > 0) {
      const goOn: typeof round = [];
      for (const one of round) {
        const { value, done } = one.next();
        if (done) continue;
        yield value.value;
        goOn.push(one);
      }
      round = goOn;
    }
  }

  #firstOf(prefers: (key: unknown) => boolean): Owner<T> | null {
    for (const owner of this.#ring) if (prefers(owner.key)) return owner;
    return null;
  }

  #toTheEnd(owner: Owner<T>): Owner<T> {
    this.#places.set(owner.key, this.#ring.add(owner));
    return owner;
  }

  #leave({ key }: Owner<T>): void {
    const place = this.#places.get(key);
    if (place) this.#ring.remove(place);
    this.#places.delete(key);
  }
}
