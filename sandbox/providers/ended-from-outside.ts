import { PlatformError } from '#sandbox/errors.ts';

/** Returns the error of a program whose sandbox was ended around it, which no program can do to its own. */
export function endedFromOutside(signal: string, durationMs: number): PlatformError {
  return new PlatformError('SERVICE_NOT_READY', {
    message: `The program was ended from outside by ${signal} after ${Math.round(durationMs / 100) / 10} s.`,
    hint: 'Neither the program nor a limit of its sandbox did this, but something else on this machine. Run it again.',
  });
}
