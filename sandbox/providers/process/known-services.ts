import type { Endpoint, Gate } from '#sandbox/providers/provider.ts';

/** A service of this provider over its lives. */
export interface KnownService {
  readonly isUp: boolean;
  readonly gate: Gate | undefined;
  /** Adds a line to its log. */
  note(line: string): void;
  /** Calls `act` each time it has become ready, and before or as soon as it has ended. Disposing it ends that. */
  onChange(act: () => void): Disposable;
}

interface Life {
  gate: Gate | undefined;
  note: (line: string) => void;
}

/** Which services are up, by where the server reaches them. */
export class KnownServices {
  readonly #known = new Map<string, Known>();

  /** Returns null for what this provider did not start. */
  at(endpoint: Endpoint): KnownService | null {
    return this.#known.get(keyOf(endpoint)) ?? null;
  }

  begin(endpoint: Endpoint, life: Life): void {
    const known = this.#known.get(keyOf(endpoint)) ?? new Known();
    this.#known.set(keyOf(endpoint), known);
    known.change(life);
  }

  end(endpoint: Endpoint): void {
    this.#known.get(keyOf(endpoint))?.change(null);
  }

  /** Of a service that is not started again. */
  forget(endpoint: Endpoint): void {
    this.end(endpoint);
    this.#known.delete(keyOf(endpoint));
  }
}

class Known implements KnownService {
  readonly #listeners = new Set<() => void>();
  #life: Life | null = null;
  #gate: Gate | undefined;

  get isUp(): boolean {
    return this.#life !== null;
  }

  get gate(): Gate | undefined {
    return this.#gate;
  }

  note(line: string): void {
    this.#life?.note(line);
  }

  onChange(act: () => void): Disposable {
    this.#listeners.add(act);
    return { [Symbol.dispose]: () => this.#listeners.delete(act) };
  }

  change(life: Life | null): void {
    this.#life = life;
    if (life) this.#gate = life.gate;
    for (const act of this.#listeners) act();
  }
}

function keyOf({ host, port }: Endpoint): string {
  return `${host}:${port}`;
}
