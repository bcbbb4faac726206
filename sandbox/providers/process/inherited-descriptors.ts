import { openSync, readdirSync, readFileSync } from 'node:fs';

const O_CLOEXEC = 0o2000000;

/**
 * Returns the file descriptors that this process was started with and would pass on to every program: a shell or a CI runner may leave some
 * open. Node closes its own at `exec`.
 */
export function inheritedDescriptors(): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc/self/fdinfo')
    .map(Number)
    .filter((descriptor) => descriptor > 2 && !closesAtExec(descriptor));
}

type Stdio = ('ignore' | 'pipe' | number)[];

/** Returns the given `stdio` of `spawn`, with /dev/null in place of every inherited descriptor that it does not set itself. */
export function withoutInherited(stdio: Stdio, inherited: readonly number[]): Stdio {
  const complete = [...stdio];
  for (const descriptor of inherited.filter((number) => number >= stdio.length)) {
    while (complete.length < descriptor) complete.push('ignore');
    complete[descriptor] = nullDevice();
  }
  return complete;
}

let opened: number | null = null;

function nullDevice(): number {
  opened ??= openSync('/dev/null', 'r');
  return opened;
}

function closesAtExec(descriptor: number): boolean {
  try {
    const [, flags = '0'] = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'latin1')) ?? [];
    return (Number.parseInt(flags, 8) & O_CLOEXEC) !== 0;
  } catch {
    return true; // the listing's own descriptor, already closed
  }
}
