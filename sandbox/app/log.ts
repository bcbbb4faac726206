/**
 * The server's log: one JSON line per entry, with ids, never with learners' code or credentials.
 */

import { once } from 'node:events';
import { createWriteStream, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Log extends AsyncDisposable {
  /** Appends one line of JSON. */
  write(line: string): void;
  /** Logs a fault that no caller waits for. */
  fault(what: string, error: unknown, ids?: Readonly<Record<string, string>>): void;
}

const ERROR_LEVEL = 50; // pino's number
const KEPT_BYTES = 5_000_000;

/** Opens a log that appends to a file; a large file is first renamed to `.1`. A log that cannot be written never stops the server. */
export function openLog(file: string): Log {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > KEPT_BYTES) renameSync(file, `${file}.1`);
  const stream = createWriteStream(file, { flags: 'a', mode: 0o600 });
  let writable = true;
  stream.on('error', () => {
    writable = false;
  });
  const write = (line: string) => {
    if (writable) stream.write(line);
  };
  return {
    write,
    fault: (what, error, ids = {}) =>
      write(`${JSON.stringify({ level: ERROR_LEVEL, time: Date.now(), what, ...ids, err: describe(error) })}\n`),
    async [Symbol.asyncDispose]() {
      if (!writable) return;
      stream.end();
      await Promise.race([once(stream, 'finish'), once(stream, 'error')]).catch(() => null);
    },
  };
}

function describe(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...(error.cause ? { cause: describe(error.cause) } : {}),
  };
}
