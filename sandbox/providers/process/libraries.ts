import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';

/** A shared library: the path that the loader looks for, and the file. */
export interface Library {
  target: string;
  source: string;
}

/**
 * Returns the shared libraries of a program and its loader, as `ldd` finds them: the only system files that a workspace needs.
 * @throws Error when `ldd` is missing or the program is not dynamically linked
 */
export function sharedLibraries(program: string): Library[] {
  const output = execFileSync('ldd', [program], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  return libraryPaths(output).map((target) => ({ target, source: realpathSync(target) }));
}

/** Returns the paths `ldd` prints: `libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x...)` and `/lib64/ld-linux-x86-64.so.2 (0x...)`. */
export function libraryPaths(output: string): string[] {
  return output.split('\n').flatMap((line) => /(?:=>|^)\s*(\/\S+) \(0x/.exec(line)?.[1] ?? []);
}
