import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Bytes that this process still holds once everything that can be collected has been: objects, and buffers outside the heap.
 *
 * The resident size says little about a leak: it counts garbage that has not been collected yet, and pages that are kept for later.
 */
export async function retainedBytes(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  for (let round = 0; round < 3; round++) {
    collect();
    await turn(); // what waited for the collection is let go between two of them
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external; // external counts the array buffers
}
