const listeners = new Set<(isReached: boolean) => void>();

/** Tells after each request whether the server responded. */
export const reached = {
  add: (listener: (isReached: boolean) => void) => void listeners.add(listener),
  tell(isReached: boolean): void {
    for (const listener of listeners) listener(isReached);
  },
};
