import { PlatformError } from '#sandbox/errors.ts';

type Explanation = ConstructorParameters<typeof PlatformError>;

const NO_FILES_LEFT: Explanation = [
  'SERVER_BUSY',
  {
    message: 'The server has as many files and connections open as this machine allows, so it could not do this.',
    hint: 'Try again in a few seconds. If it stays so, end other programs, or raise the limit of open files (`ulimit -n`) and start again.',
    retryAfterSeconds: 5,
  },
];
const DISK_FULL: Explanation = [
  'DISK_FULL',
  { message: 'The disk of this machine is full, or its quota is used up.', hint: 'Free some space, then try again.' },
];

/** @see errno(3) */
const EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  EMFILE: NO_FILES_LEFT,
  ENFILE: NO_FILES_LEFT,
  ENOSPC: DISK_FULL,
  EDQUOT: DISK_FULL,
};

/** Returns what an error of the system, or one that was caused by such an error, means for its caller; null for every other error. */
export function explainSystemError(error: unknown): PlatformError | null {
  for (const one of causesOf(error)) {
    if (one instanceof PlatformError) return null;
    const [code, problem] = EXPLANATIONS['code' in one ? String(one.code) : ''] ?? [];
    if (code && problem) return new PlatformError(code, problem, { cause: error });
  }
  return null;
}

function causesOf(error: unknown, before: readonly Error[] = []): readonly Error[] {
  if (!(error instanceof Error) || before.includes(error)) return before;
  return causesOf(error.cause, [...before, error]);
}
