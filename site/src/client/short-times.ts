/** Removes the day that all values of a column share: `2026-03-02 08:01:00.000` becomes `08:01:00`. Pure. */
type Row = readonly (string | null)[];

const MOMENT = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(\.\d+)?Z?$/;

/** @returns a function that shortens a row of these columns */
export function shortTimes(rows: readonly Row[]): (row: Row) => Row {
  const days = new Map<number, string | null>();
  for (const row of rows) {
    for (const [column, value] of row.entries()) {
      if (value === null) continue;
      const day = MOMENT.exec(value)?.[1] ?? null;
      days.set(column, days.has(column) && days.get(column) !== day ? null : day);
    }
  }
  return (row) => row.map((value, column) => (value === null || !days.get(column) ? value : timeOf(value)));
}

function timeOf(value: string): string {
  const [, , time = value, fraction = ''] = MOMENT.exec(value) ?? [];
  return time + fraction.replace(/\.?0+$/, '');
}
