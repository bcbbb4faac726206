/** Which installation this is among those that may share a broker. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isMark, markFrom, PREFIX_BYTES } from './prefix.ts';

export interface Installation {
  /** In the names of all that its tenants have on a broker. */
  readonly mark: string;
  /** Whether it has the mark from now on: what it left on a broker of its own before has none. */
  readonly isNew: boolean;
}

/** Returns the installation whose mark a file in its home keeps; makes one at the first start. */
export function installationIn(file: string): Installation {
  const kept = readMark(file);
  if (kept !== null) return { mark: kept, isNew: false };
  const mark = markFrom(randomBytes(PREFIX_BYTES));
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, mark, { mode: 0o600 });
  return { mark, isNew: true };
}

function readMark(file: string): string | null {
  try {
    const mark = readFileSync(file, 'utf8').trim();
    return isMark(mark) ? mark : null;
  } catch {
    return null; // not written yet
  }
}
