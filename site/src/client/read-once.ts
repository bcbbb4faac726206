/**
 * Reads what a page needs once, each until it has been read: a read that was broken off is done again with the next call.
 *
 * @param reads each settles with whether it has read
 */
export function readOnce(reads: readonly (() => Promise<boolean>)[]): () => Promise<void> {
  const left = new Set(reads);
  const underWay = new Set<() => Promise<boolean>>();
  return async () => {
    const now = [...left].filter((read) => !underWay.has(read));
    await Promise.all(
      now.map(async (read) => {
        underWay.add(read);
        if (await read()) left.delete(read);
        underWay.delete(read);
      }),
    );
  };
}
