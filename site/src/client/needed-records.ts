/** Reads the records in view that are not known: soon after the view has moved, and again, less and less often, while that fails. */
import type { LensTopic } from '#sandbox/protocol/lens.ts';

/** Offsets `first` to `last` of each partition of a topic. */
export interface Wanted {
  topic: LensTopic;
  first: number;
  last: number;
}

/** Settles with whether all of them are there. */
export type NeedRecords = (topic: LensTopic, first: number, last: number) => Promise<boolean>;

interface Options {
  /** Returns what is in view now. */
  wanted: () => readonly Wanted[];
  need: NeedRecords;
  /** Calls `run` after `ms`; returns a function that cancels it. */
  later: (ms: number, run: () => void) => () => void;
}

const AGAIN_MS = 1_000;
const MOST_MS = 16_000;

export function createNeededRecords({ wanted, need, later }: Options) {
  let cancel: (() => void) | null = null;
  let isAgain = false;
  let isReading = false;
  /** Of the last move that has not been read; null when all were. */
  let movedMs: number | null = null;
  let isOver = false;
  let againMs = AGAIN_MS;

  function plan(ms: number, again: boolean) {
    isAgain = again;
    cancel = later(ms, () => void read());
  }

  async function read() {
    cancel = null;
    isReading = true;
    movedMs = null;
    let isThere = true;
    for (const { topic, first, last } of wanted()) isThere = (await need(topic, first, last)) && isThere;
    isReading = false;
    if (isOver) return;
    if (movedMs !== null) return plan(movedMs, false);
    if (isThere) {
      againMs = AGAIN_MS;
      return;
    }
    plan(againMs, true);
    againMs = Math.min(MOST_MS, againMs * 2);
  }

  return {
    /** Tells that the view has moved; it is read after `ms`, with what moves until then. */
    look(ms: number) {
      movedMs = ms;
      if (isReading || (cancel && !isAgain)) return;
      cancel?.();
      againMs = AGAIN_MS;
      plan(ms, false);
    },
    /** Reads no more. */
    end() {
      isOver = true;
      cancel?.();
    },
  };
}
