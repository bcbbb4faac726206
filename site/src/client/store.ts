/** A value that notifies subscribers when it changes. */
export interface Store<T> {
  get: () => T;
  set: (change: Partial<T>) => void;
  /** @returns a function that ends the subscription */
  subscribe: (changed: () => void) => () => void;
}

export function createStore<T extends object>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(change) {
      value = { ...value, ...change };
      for (const changed of listeners) changed();
    },
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}
