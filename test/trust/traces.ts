import { readdirSync, readFileSync } from 'node:fs';

/**
 * Processes of this machine whose command line or environment holds one of the texts. Those in containers of an engine on this machine
 * are among them; of a program, its credential stands in the environment of every process that it started.
 */
export function processesOf(...texts: string[]): number[] {
  const holds = (pid: string) =>
    ['cmdline', 'environ'].some((file) => {
      const content = read(`/proc/${pid}/${file}`);
      return texts.some((text) => content.includes(text));
    });
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid && holds(name))
    .map(Number);
}

/** Threads of all those processes: what the kernel counts against a limit of processes. */
export function threadsOf(...texts: string[]): number {
  return processesOf(...texts)
    .map((pid) => Number(/^Threads:\s*(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0))
    .reduce((sum, count) => sum + count, 0);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // it has ended, or is not ours to look at
  }
}
