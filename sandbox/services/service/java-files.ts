/**
 * What a service's JVM is started with: its files and class path, in any folder.
 */
import { isPlainPath } from '#sandbox/host/plain-path.ts';
import { seenFrom } from '#sandbox/host/seen-from.ts';

/**
 * Returns the class path of a JVM that starts in `dir`. A path that holds more than plain characters is written as seen from there, so
 * that no name of a folder above both is read as syntax. The rest stay whole: compiled code is kept by its class path.
 */
export function classPath(dir: string, entries: readonly string[]): string {
  return entries.map((entry) => (isPlainPath(entry) ? entry : seenFrom(dir, entry))).join(':');
}

/** Returns the text of a `.properties` file, which Java reads as Latin-1 with escapes. */
export function properties(entries: Readonly<Record<string, string | number | boolean>>): string {
  return Object.entries(entries)
    .map(([key, value]) => `${key}=${propertyValue(String(value))}\n`)
    .join('');
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

function propertyValue(value: string): string {
  return value
    .replaceAll('\\', '\\\\')
    .replace(/^ /, '\\ ')
    .replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
