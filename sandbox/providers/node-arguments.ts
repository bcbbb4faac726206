/** Share of the memory limit that JavaScript objects may take; the rest is for Node itself, buffers and files in memory. */
const HEAP_SHARE = 0.75;

/** Returns Node's own arguments for a learner's program. */
export function nodeArguments(memoryMb: number): string[] {
  return [
    `--max-old-space-size=${Math.floor(memoryMb * HEAP_SHARE)}`,
    // kafkajs sets timers in the past on Node 24 (tulios/kafkajs#1751).
    '--disable-warning=TimeoutNegativeWarning',
  ];
}

/**
 * Returns arguments that restrict a program to its own folder where there is no bubblewrap: no writing, no other process, no native code.
 * node:sqlite ignores permissions, so it is off. The network stays open.
 */
export function permissionArguments(workspace: string): string[] {
  return ['--permission', `--allow-fs-read=${workspace}`, '--no-experimental-sqlite'];
}
