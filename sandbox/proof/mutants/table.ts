import { type MutantVerdict, percentKilled } from './verdict.ts';

/** The verdict on a lesson's mutants, and its duration. */
export interface MutantRow extends MutantVerdict {
  lesson: string;
  seconds: number;
}

const COLUMNS = ['lesson', 'mutants', 'killed', 'equivalent', 'unexplained', 'percent', 'minutes'];

/** Formats one line per lesson. */
export function mutantTable(rows: readonly MutantRow[]): string {
  const cells = rows.map((row) => {
    const counts = [row.mutants, row.killed, row.equivalent, row.unexplained.length].map(String);
    return [row.lesson, ...counts, percentKilled(row).toFixed(1), (row.seconds / 60).toFixed(1)];
  });
  const widths = COLUMNS.map((_, column) => Math.max(...[COLUMNS, ...cells].map((line) => line[column]?.length ?? 0)));
  const format = (line: readonly string[]) =>
    line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ');
  return [COLUMNS, ...cells].map(format).join('\n');
}

/** Lists what a lesson's author must look at: survivors with their change, and entries of `equivalent` that no longer hold. */
export function mutantProblems({ lesson, unexplained, unjudged, stale }: MutantRow): string[] {
  return [
    ...unexplained.map(({ id, diff }) => `${lesson}: no check fails for "${id}"\n${diff}`),
    ...unjudged.map((id) => `${lesson}: "${id}" could not be judged`),
    ...stale.map(({ id, why }) => `${lesson}: exercise.yaml lists "${id}" under equivalent, but ${why}`),
  ];
}
