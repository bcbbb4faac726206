import type { Count } from './vitest-report.ts';

/** A suite that has ended. */
export interface Ended {
  suite: string;
  ms: number;
  count: Count;
}

const SLOWEST = 20;

/** Lines with the minutes of each suite, longest first, and the slowest tests of all. */
export function timeLines(ended: readonly Ended[], wholeMs: number): string[] {
  const suites = ended
    .toSorted((a, b) => b.ms - a.ms)
    .map(({ suite, ms, count }) => `${minutes(ms)}  ${suite} (${count.passed} passed, ${count.failed} failed)`);
  const slowest = ended
    .flatMap(({ suite, count }) => count.times.map((time) => ({ suite, ...time })))
    .sort((a, b) => b.ms - a.ms)
    .slice(0, SLOWEST)
    .map(({ suite, file, title, ms }) => `${(ms / 1000).toFixed(1).padStart(6)} s  ${suite}  ${file}: ${oneLine(title)}`);
  return [
    'Minutes of each suite:',
    ...suites,
    `${minutes(wholeMs)}  in all`,
    ...(slowest.length > 0 ? [`The ${slowest.length} slowest tests:`, ...slowest] : []),
  ];
}

function minutes(ms: number): string {
  return `${(ms / 60_000).toFixed(1).padStart(6)} min`;
}

function oneLine(title: string): string {
  const text = title.replaceAll(/\s+/g, ' ');
  return text.length > 140 ? `${text.slice(0, 139)}…` : text;
}
