/** What the columns of a result hold, told from their values. Pure. */
import type { KeyColour } from './record-log.ts';

type Row = readonly (string | null)[];

const NUMBER = /^-?\d+(\.\d+)?(E-?\d+)?$/;
const TIME = /^\d{4}-\d\d-\d\d|^\d\d:\d\d/;
const KEY_COLOURS = 6;

/** Which columns hold numbers alone, and at least one. */
export function numericColumns(columns: number, rows: readonly Row[]): boolean[] {
  return Array.from({ length: columns }, (_, column) => {
    const values = rows.map((row) => row[column] ?? null).filter((value) => value !== null);
    return values.length > 0 && values.every((value) => NUMBER.test(value));
  });
}

/**
 * Colours for the values of a result's first column of text, in the order in which they are first asked for; a seventh value takes the
 * first colour as an outline. Where that column tells rows apart by more values than there are colours twice over, colour says nothing
 * any more and the later ones have none.
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
