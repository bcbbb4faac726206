/**
 * The files that a JVM is started with.
 */

/** Returns the text of a `.properties` file. */
export function properties(entries: Readonly<Record<string, string | number | boolean>>): string {
  return Object.entries(entries)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

/** Returns the text of an arguments file for `java @file`. Every user of a machine can read a process's command line, but not this file. */
export function argumentsFile(args: readonly string[]): string {
  return args.map((arg) => `"${arg.replaceAll('\\', '\\\\')}"\n`).join('');
}

/** Returns the text of a `log4j2.properties` that prints messages of `level` and above, and more from the loggers in `more`. */
export function loggingFile(level: 'error' | 'warn', more: Readonly<Record<string, string>> = {}): string {
  return properties({
    status: 'error',
    'appender.stdout.type': 'Console',
    'appender.stdout.name': 'stdout',
    'appender.stdout.layout.type': 'PatternLayout',
    'appender.stdout.layout.pattern': '%d %p %c{1} %m%n',
    'rootLogger.level': level,
    'rootLogger.appenderRef.stdout.ref': 'stdout',
    ...more,
  });
}
