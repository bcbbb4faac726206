import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';

/** A shared library: where the loader looks for it, and the file that it is. */
export interface Library {
  target: string;
  source: string;
}

/**
 * The shared libraries of a program, its loader among them, as `ldd` finds them: the only system files that a workspace needs.
 * @throws Error when `ldd` is missing or the program is not a dynamic one
 */
export function sharedLibraries(program: string): Library[] {
  const output = execFileSync('ldd', [program], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  return libraryPaths(output).map((target) => ({ target, source: realpathSync(target) }));
}

/** Paths in the output of `ldd`: `libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x...)` and `/lib64/ld-linux-x86-64.so.2 (0x...)`. */
export function libraryPaths(output: string): string[] {
  return output.split('\n').flatMap((line) => /(?:=>|^)\s*(\/\S+) \(0x/.exec(line)?.[1] ?? []);
}
