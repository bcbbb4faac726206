import { setTimeout as delay } from 'node:timers/promises';

/** Pauses between looks at something that tells nothing by itself: short at first, longer the longer nothing came. */
export interface Pace {
  wait(signal?: AbortSignal): Promise<void>;
  /** Something came. */
  again(): void;
}

const SHORTEST_MS = 4;

/** @param longestMs upper bound of a pause; a pause is a twentieth of the time in which nothing came */
export function startPace(longestMs: number): Pace {
  let since = performance.now();
  return {
    wait: (signal) => {
      const pauseMs = Math.min(Math.max((performance.now() - since) / 20, SHORTEST_MS), longestMs);
      return delay(pauseMs, undefined, signal && { signal });
    },
    again() {
      since = performance.now();
    },
  };
}
