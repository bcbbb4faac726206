import type { SqlChange, SqlTable } from '#sandbox/protocol/sql.ts';
import type { ResultPage } from '#sandbox/services/flink/client/gateway.ts';
import { foldChanges } from './fold.ts';

/** Reports the changes of a result and the table that they add up to: the first ones immediately, then at most every 100 ms. */
export interface ResultFeed {
  add(rows: ResultPage['rows']): void;
  /** Reports the remaining changes, and the table once more. */
  end(): void;
  count(): number;
}

export interface ResultFeedOptions {
  /** Milliseconds since the run started. */
  now: () => number;
  /** `first` is the number of the first of these changes; when more came than are reported, it skips the older ones. */
  onChanges: (first: number, changes: SqlChange[]) => void;
  onTable: (table: SqlTable) => void;
}

const EVERY_MS = 100;
const MOST_AT_ONCE = 500; // as many as a run holds: sandbox/protocol/sql.ts

export function openResultFeed({ now, onChanges, onTable }: ResultFeedOptions): ResultFeed {
  const fold = foldChanges();
  let count = 0;
  let pending: SqlChange[] = [];
  let toldAtMs = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | null = null;

  function tell(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    toldAtMs = now();
    if (pending.length > 0) onChanges(count - pending.length, pending);
    pending = [];
    onTable(fold.table());
  }

  return {
    add(rows) {
      const atMs = Math.round(now());
      for (const row of rows) fold.apply(row);
      count += rows.length;
      pending = [...pending, ...rows.slice(-MOST_AT_ONCE).map((row) => ({ ...row, atMs }))].slice(-MOST_AT_ONCE);
      const waitMs = toldAtMs + EVERY_MS - now();
      if (waitMs <= 0) tell();
      else timer ??= setTimeout(tell, waitMs);
    },
    end: tell,
    count: () => count,
  };
}
