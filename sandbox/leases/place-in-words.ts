/** What is awaited and how many wait before: `a free Flink (2 wait before you)`. */
export function placeInWords(awaited: string, before: number): string {
  if (before === 0) return `${awaited} (you are next)`;
  return `${awaited} (${before === 1 ? '1 waits before you' : `${before} wait before you`})`;
}
