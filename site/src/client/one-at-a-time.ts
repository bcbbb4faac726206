/** Returns a function that does the work, or waits for the one that is under way. */
export function oneAtATime(work: () => Promise<unknown>): () => Promise<void> {
  let underWay: Promise<unknown> | null = null;
  return async () => {
    underWay ??= work().finally(() => {
      underWay = null;
    });
    await underWay;
  };
}
