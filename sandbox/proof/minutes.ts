/** Formats the duration of proofs, a line per lesson and one for the total. */
export function minutesTable(took: readonly { lesson: string; seconds: number }[]): string {
  const all = took.reduce((sum, { seconds }) => sum + seconds, 0);
  const line = (seconds: number, what: string) => `${(seconds / 60).toFixed(1).padStart(6)} min  ${what}`;
  return [...took.map(({ lesson, seconds }) => line(seconds, lesson)), line(all, 'in all')].join('\n');
}
