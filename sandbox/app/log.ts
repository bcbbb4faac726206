/**
 * The server's log: one JSON line per entry, with ids, never with learners' code or credentials.
 */

import { AppendFile } from '#sandbox/host/append-file.ts';

export interface Log extends Disposable {
  /** Appends one line of JSON. */
  write(line: string): void;
  /** Logs a fault that no caller waits for. */
  fault(what: string, error: unknown, ids?: Readonly<Record<string, string>>): void;
}

const ERROR_LEVEL = 50; // pino's number
const KEPT_BYTES = 5_000_000;
const LOST = 'entries of this log could not be written';

/** Opens a log that appends to a file; a large file is renamed to `.1`. A log that cannot be written never stops the server. */
export function openLog(path: string): Log {
  const file = new AppendFile(path, { keptBytes: KEPT_BYTES, noteOf: (count, why) => entry({ what: LOST, count, why }) });
  return {
    write: (line) => file.append(line),
    fault: (what, error, ids = {}) => file.append(entry({ what, ...ids, err: describe(error) })),
    [Symbol.dispose]: () => file[Symbol.dispose](),
  };
}

function entry(content: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify({ level: ERROR_LEVEL, time: Date.now(), ...content })}\n`;
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
