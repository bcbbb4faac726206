import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { outputsOf } from './outputs.ts';

export interface CommandOptions {
  /** Called for each line of output, of both streams. */
  onLine?: (line: string) => void;
  signal?: AbortSignal | undefined;
  cwd?: string | undefined;
  /** The whole environment; by default this process's. */
  env?: NodeJS.ProcessEnv | undefined;
}

/**
 * Runs a tool to its end and returns its exit code and the last lines of its output.
 * @throws Error when it cannot be started, or is aborted
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  { onLine, signal, cwd, env }: CommandOptions = {},
): Promise<{ exitCode: number | null; lastLines: string }> {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd && { cwd }),
    ...(env && { env }),
    ...(signal && { signal, killSignal: 'SIGKILL' as const }),
  });
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.once('error', reject);
  child.once('close', resolve);
  promise.catch(() => undefined); // thrown below
  const lines: string[] = [];
  for (const input of Object.values(await outputsOf(child))) {
    createInterface({ input }).on('line', (line) => {
      lines.push(line);
      if (lines.length > 30) lines.shift();
      onLine?.(line);
    });
  }
  return { exitCode: await promise, lastLines: lines.join('\n') };
}
