/** What a shell's exit code tells of a program that a signal ended: 128 and the signal's number. */
const SIGNALS: Readonly<Record<number, { signal: string; isSent: boolean }>> = {
  129: { signal: 'SIGHUP', isSent: true },
  130: { signal: 'SIGINT', isSent: true },
  132: { signal: 'SIGILL', isSent: false },
  134: { signal: 'SIGABRT', isSent: false },
  135: { signal: 'SIGBUS', isSent: false },
  136: { signal: 'SIGFPE', isSent: false },
  137: { signal: 'SIGKILL', isSent: true },
  139: { signal: 'SIGSEGV', isSent: false },
  143: { signal: 'SIGTERM', isSent: true },
};

/**
 * Returns the signal that ended a program; null where the exit code tells of none. `isSent` when somebody sent it: the program itself, or
 * something outside, which cannot be told apart.
 */
export function endingSignal(exitCode: number): { signal: string; isSent: boolean } | null {
  return SIGNALS[exitCode] ?? null;
}
