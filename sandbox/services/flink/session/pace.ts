import { setTimeout as delay } from 'node:timers/promises';

/** Pauses between polls: short at first, longer the longer nothing arrives. */
export interface Pace {
  wait(signal?: AbortSignal): Promise<void>;
  /** Call when something has arrived: the next pause is short. */
  again(): void;
}

const SHORTEST_MS = 4;

/** @param longestMs upper bound of a pause; a pause is a twentieth of the time in which nothing arrived */
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
