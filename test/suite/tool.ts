import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PROJECT_DIR } from '#sandbox/config.ts';

export interface ToolOptions {
  /** Added to our own environment. */
  environment?: Readonly<Record<string, string>>;
  /** Ends it. */
  signal?: AbortSignal | undefined;
  /** Called with what it prints. Without it, what it prints goes to the terminal. */
  write?: ((text: string) => void) | undefined;
}

/** Runs Node or a command of the project's packages and gives its exit code. */
export async function runTool(name: string, args: readonly string[], options: ToolOptions = {}): Promise<number> {
  const { environment, signal, write } = options;
  if (signal?.aborted) return 1;
  const command = name === 'node' ? process.execPath : join(PROJECT_DIR, 'node_modules/.bin', name);
  const child = spawn(command, args, {
    cwd: PROJECT_DIR,
    stdio: write ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...(write && process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}), ...environment },
  });
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => write?.(text));
  const end = () => child.kill('SIGTERM');
  signal?.addEventListener('abort', end);
  const [exitCode] = await once(child, 'close');
  signal?.removeEventListener('abort', end);
  return exitCode ?? 1;
}
