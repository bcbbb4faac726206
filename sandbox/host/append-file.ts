/**
 * Appends lines that may be lost but must never end the server: its own log, and those of services. When a disk is full, or no file can be
 * opened, lines are counted, and the next one that can be written is preceded by how many are missing and why.
 */
import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export interface AppendOptions {
  /** A file larger than this is renamed to `.1`, and a new one begins. */
  keptBytes: number;
  /** Returns the line that stands for `count` lost ones. `why` is the system's code for the last error: `ENOSPC`. */
  noteOf?: (count: number, why: string) => string;
}

export class AppendFile implements Disposable {
  readonly #file: string;
  readonly #keptBytes: number;
  readonly #noteOf: (count: number, why: string) => string;
  #descriptor: number | null = null;
  #isClosed = false;
  #bytes = 0;
  #lost: { count: number; why: string } | null = null;
  /** Part of a line stands at the end of the file. */
  #isBroken = false;

  constructor(file: string, { keptBytes, noteOf = lostInWords }: AppendOptions) {
    this.#file = file;
    this.#keptBytes = keptBytes;
    this.#noteOf = noteOf;
  }

  /** Appends a text that ends with a line. Never throws; does nothing once it is disposed. */
  append(text: string): void {
    if (this.#isClosed) return;
    const note = this.#lost ? this.#noteOf(this.#lost.count, this.#lost.why) : '';
    try {
      this.#write(`${this.#isBroken ? '\n' : ''}${note}${text}`);
      this.#lost = null;
    } catch (error) {
      this.#lost = { count: (this.#lost?.count ?? 0) + 1, why: codeOf(error) };
    }
  }

  /** Writes to the file of this name from the next line on, whatever became of the one that is open. */
  reopen(): void {
    const descriptor = this.#descriptor;
    this.#descriptor = null;
    if (descriptor !== null) closeSync(descriptor);
  }

  [Symbol.dispose](): void {
    this.#isClosed = true;
    this.reopen();
  }

  /** @throws the error of the system; part of the text may have been written */
  #write(text: string): void {
    const descriptor = this.#descriptor ?? this.#open();
    const bytes = Buffer.from(text);
    for (let written = 0; written < bytes.length; ) {
      const count = writeSync(descriptor, bytes, written);
      written += count;
      this.#bytes += count;
      this.#isBroken = written < bytes.length && (written > 0 || this.#isBroken);
    }
    if (this.#bytes > this.#keptBytes) this.#turnOver();
  }

  #open(): number {
    mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
    const descriptor = openSync(this.#file, 'a', 0o600);
    this.#descriptor = descriptor;
    this.#bytes = fstatSync(descriptor).size;
    return descriptor;
  }

  #turnOver(): void {
    this.reopen();
    try {
      renameSync(this.#file, `${this.#file}.1`);
    } catch {
      // The line is written all the same; the next one tries again.
    }
  }
}

function lostInWords(count: number, why: string): string {
  return `… ${count} ${count === 1 ? 'line' : 'lines'} could not be written (${why})\n`;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
