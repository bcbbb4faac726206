/** Callbacks of several listeners, called in the order in which they were added. */
export function createListeners<Event>() {
  const listeners = new Set<(event: Event) => void>();
  return {
    add: (listener: (event: Event) => void) => void listeners.add(listener),
    tell(event: Event): void {
      for (const listener of listeners) listener(event);
    },
  };
}
