import { type ParseArgsConfig, parseArgs } from 'node:util';

/** The command was typed wrongly: exit code 64. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Exit codes of every command. @see sysexits.h for 64 */
export const EXIT = { pass: 0, fail: 1, platformError: 2, usage: 64 } as const;

/** Parses the words after a command's name. @throws UsageError */
export function parseWords<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Returns an option's whole number within bounds, or undefined when it was not given. @throws UsageError */
export function wholeNumber(
  name: string,
  text: string | undefined,
  { min, max }: { min: number; max: number },
): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (Number.isInteger(number) && number >= min && number <= max) return number;
  throw new UsageError(`--${name} takes a whole number from ${min} to ${max}, but was given "${text}"`);
}
