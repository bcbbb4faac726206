/**
 * What every JVM is started with, in any folder.
 */

/** Environment of every JVM: in the C locale, which a service would inherit, Java misreads each path with a letter beyond ASCII. */
export const JAVA_ENVIRONMENT = { LC_ALL: 'C.UTF-8' };

/** Returns the text of an arguments file for `java @file`. Every user of a machine can read a process's command line, but not this file. */
export function argumentsFile(args: readonly string[]): string {
  return args.map((arg) => `"${arg.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"\n`).join('');
}
