/** Barks when something has worked for longer than it may, times of rest not counted. */
export interface Watchdog extends Disposable {
  /** Stops the clock until `resume` was called as often as `rest`. */
  rest(): void;
  resume(): void;
}

/** @param limitMs working time until `onLate` is called, once */
export function startWatchdog(limitMs: number, onLate: () => void): Watchdog {
  let leftMs = limitMs;
  let resting = 0;
  let workingSince = performance.now();
  let timer = setTimeout(onLate, leftMs);
  return {
    rest() {
      resting += 1;
      if (resting > 1) return;
      clearTimeout(timer);
      leftMs -= performance.now() - workingSince;
    },
    resume() {
      resting -= 1;
      if (resting > 0) return;
      workingSince = performance.now();
      timer = setTimeout(onLate, Math.max(0, leftMs));
    },
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}
