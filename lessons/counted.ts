/**
 * Returns a number with its noun, in English: `1 key`, `2 keys`, `1,204 keys`.
 *
 * @param plural where it is not the noun with an s
 */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? noun : plural}`;
}
