/**
 * Folds the changes of a result into a table: a multiset of rows in the order of their first appearance. An updated row keeps its place.
 */
import type { SqlChange, SqlTable } from '#sandbox/protocol/sql.ts';

type Row = readonly (string | null)[];
type Change = Pick<SqlChange, 'op' | 'values'>;

export interface Fold {
  apply(change: Change): void;
  /** The first rows, and the number of all rows. */
  table(): SqlTable;
}

export interface FoldLimits {
  /** Rows of `table()`. */
  shown: number;
  /** Number of rows that are kept; later ones are only counted. */
  kept: number;
}

const LIMITS: FoldLimits = { shown: 200, kept: 10_000 };

export function foldChanges({ shown, kept }: FoldLimits = LIMITS): Fold {
  const rows = new Map<number, Row>();
  /** Slots of equal rows, by their text. */
  const slots = new Map<string, number[]>();
  let nextSlot = 0;
  let total = 0;
  /** Place of the row that a `-U` has just removed. */
  let vacated: number | null = null;

  function add(row: Row, slot: number | null): void {
    total += 1;
    if (slot === null && rows.size >= kept) return;
    const at = slot ?? nextSlot++;
    rows.set(at, row);
    const text = JSON.stringify(row);
    const equal = slots.get(text);
    if (equal) equal.push(at);
    else slots.set(text, [at]);
  }

  /** @returns the row's place; null when it was only counted */
  function take(row: Row): number | null {
    total = Math.max(0, total - 1);
    const text = JSON.stringify(row);
    const equal = slots.get(text);
    const slot = equal?.pop();
    if (equal?.length === 0) slots.delete(text);
    return slot ?? null;
  }

  function leave(slot: number | null): void {
    if (slot !== null) rows.delete(slot);
  }

  return {
    apply({ op, values }) {
      const free = vacated;
      vacated = null;
      if (op !== '+U') leave(free);
      if (op === '-U') vacated = take(values);
      else if (op === '-D') leave(take(values));
      else add(values, op === '+U' ? free : null);
    },
    table() {
      const first: (string | null)[][] = [];
      for (const [slot, row] of rows) {
        if (first.length === shown) break;
        if (slot !== vacated) first.push([...row]);
      }
      return { rows: first, total };
    },
  };
}
