import { closeSync, openSync, renameSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const MAX_FILE_BYTES = 5 * 1024 * 1024;
const TAIL_LINES = 40;

/** A service's output: kept in a file of limited size (the previous one as `.1`), with its last lines in memory and each line announced. */
export class ServiceLog implements Disposable {
  readonly #file: string;
  readonly #tail: string[] = [];
  readonly #listeners = new Set<(line: string) => void>();
  #descriptor: number;
  #bytes = 0;

  constructor(file: string) {
    this.#file = file;
    this.#descriptor = openSync(file, 'a', 0o600);
  }

  get tail(): string {
    return this.#tail.join('\n');
  }

  follow(input: Readable): void {
    createInterface({ input }).on('line', (line) => this.write(line));
  }

  /** Adds a line, as if the service had printed it. */
  write(line: string): void {
    this.#tail.push(line);
    if (this.#tail.length > TAIL_LINES) this.#tail.shift();
    for (const listen of this.#listeners) listen(line);
    if (this.#descriptor < 0) return;
    this.#bytes += writeSync(this.#descriptor, `${line}\n`);
    if (this.#bytes > MAX_FILE_BYTES) this.#turnOver();
  }

  /** Settles when a line contains `text`. */
  async saw(text: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const listen = (line: string) => {
      if (line.includes(text)) resolve();
    };
    this.#listeners.add(listen);
    await promise;
    this.#listeners.delete(listen);
  }

  [Symbol.dispose](): void {
    if (this.#descriptor < 0) return;
    closeSync(this.#descriptor);
    this.#descriptor = -1;
  }

  #turnOver(): void {
    closeSync(this.#descriptor);
    renameSync(this.#file, `${this.#file}.1`);
    this.#descriptor = openSync(this.#file, 'a', 0o600);
    this.#bytes = 0;
  }
}
