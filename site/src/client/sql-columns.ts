/** Finds out what the columns of a result hold, from their values. Pure. */
import type { KeyColour } from './record-log.ts';

type Row = readonly (string | null)[];

const NUMBER = /^-?\d+(\.\d+)?(E-?\d+)?$/;
const TIME = /^\d{4}-\d\d-\d\d|^\d\d:\d\d/;
const KEY_COLOURS = 6;

/** Returns which columns hold only numbers, and at least one. */
export function numericColumns(columns: number, rows: readonly Row[]): boolean[] {
  return Array.from({ length: columns }, (_, column) => {
    const values = rows.map((row) => row[column] ?? null).filter((value) => value !== null);
    return values.length > 0 && values.every((value) => NUMBER.test(value));
  });
}

/**
 * Returns a function that colours the values of a result's first text column, in the order first seen. From the seventh value on, the
 * colours repeat as outlines; from the thirteenth on, values have no colour.
 */
export function ownColours() {
  const places = new Map<string, number>();
  return (columns: readonly string[], numeric: readonly boolean[]) =>
    (column: string, value: string | null): KeyColour | null => {
      if (value === null || TIME.test(value) || columns.findIndex((_, place) => !numeric[place]) !== columns.indexOf(column))
        return null;
      const place = places.get(value) ?? places.size;
      if (place >= 2 * KEY_COLOURS) return null;
      places.set(value, place);
      return { index: (place % KEY_COLOURS) + 1, outlined: place >= KEY_COLOURS };
    };
}
