import { EventRing } from './ring.ts';

/**
 * The rings of all learners, within one budget. When it is used up, learners without an open stream lose theirs first, those who left
 * longest ago before others; then learners with one lose what is kept for a reconnect. Whoever missed something is told to read again.
 */
export class EventRings {
  readonly #options: { epoch: string; ringBytes: number; budgetBytes: number };
  /** Of learners without an open stream, by the time since which they have none. */
  readonly #away = new Map<string, EventRing>();
  /** Of learners with an open stream, by the time since which they have one. */
  readonly #listening = new Map<string, EventRing>();
  #bytes = 0;
  /** A ring that takes the place of one that is gone begins here, so that no id is ever another event's. */
  #firstId = 1;

  constructor(options: { epoch: string; ringBytes: number; budgetBytes: number }) {
    this.#options = options;
  }

  get bytes(): number {
    return this.#bytes;
  }

  of(learnerId: string): EventRing {
    const known = this.#listening.get(learnerId) ?? this.#away.get(learnerId);
    if (known) return known;
    const { epoch, ringBytes } = this.#options;
    const ring = new EventRing({ epoch, maxBytes: ringBytes, firstId: this.#firstId, onGrowth: (bytes) => this.#grow(bytes) });
    this.#away.set(learnerId, ring);
    return ring;
  }

  /** Notes that the learner has an open stream. */
  came(learnerId: string): void {
    const ring = this.of(learnerId);
    this.#away.delete(learnerId);
    this.#listening.set(learnerId, ring);
  }

  /** Notes that the learner has no open stream any more. */
  left(learnerId: string): void {
    const ring = this.of(learnerId);
    this.#listening.delete(learnerId);
    this.#away.set(learnerId, ring);
  }

  #grow(bytes: number): void {
    this.#bytes += bytes;
    if (bytes <= 0) return;
    for (const [learnerId, ring] of this.#away) {
      if (this.#isWithin()) return;
      this.#away.delete(learnerId);
      this.#firstId = Math.max(this.#firstId, ring.nextId);
      ring.clear();
    }
    for (const ring of this.#listening.values()) {
      if (this.#isWithin()) return;
      ring.clear();
    }
  }

  #isWithin(): boolean {
    return this.#bytes <= this.#options.budgetBytes;
  }
}
