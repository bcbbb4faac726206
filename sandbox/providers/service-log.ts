import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { AppendFile } from '#sandbox/host/append-file.ts';

const MAX_FILE_BYTES = 5 * 1024 * 1024;
const TAIL_LINES = 40;

/** A service's output: kept in a file of limited size (the previous one as `.1`), with its last lines in memory and each line announced. */
export class ServiceLog implements Disposable {
  readonly #file: AppendFile;
  readonly #tail: string[] = [];
  readonly #listeners = new Set<(line: string) => void>();

  constructor(file: string) {
    this.#file = new AppendFile(file, { keptBytes: MAX_FILE_BYTES });
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
    this.#file.append(`${line}\n`);
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
    this.#file[Symbol.dispose]();
  }
}
