/**
 * Runs small programs in a workspace of any provider, for tests.
 */
import type { RunResult } from '#sandbox/protocol/run.ts';
import type { RunLimits, Workspace } from '#sandbox/providers/provider.ts';

export const LIMITS: RunLimits = { timeMs: 45_000, memoryMb: 256, processes: 128, outputBytes: 64 * 1024 };

export interface Ran {
  result: RunResult;
  stdout: string;
  stderr: string;
}

export interface RunTextOptions {
  limits?: Partial<RunLimits>;
  files?: Readonly<Record<string, string>>;
  env?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
  stop?: AbortSignal;
  onOutput?: (text: string) => void;
}

/** Runs `main.ts` with the given text. */
export async function runText(workspace: Workspace, text: string, options: RunTextOptions = {}): Promise<Ran> {
  const said = { stdout: '', stderr: '', system: '' };
  const result = await workspace.run(
    { files: { ...options.files, 'main.ts': text }, entry: 'main.ts', ...(options.env && { env: options.env }) },
    {
      limits: { ...LIMITS, ...options.limits },
      signal: options.signal,
      stop: options.stop,
      onOutput: (chunk) => {
        said[chunk.stream] += chunk.text;
        options.onOutput?.(chunk.text);
      },
    },
  );
  return { result, stdout: said.stdout, stderr: said.stderr };
}

/** TypeScript that defines `connect`, which returns the outcome of an attempt to connect. */
export const CONNECT = `import net from 'node:net';
  const connect = (options) => new Promise((resolve) => {
    const socket = net.connect(options, () => { socket.destroy(); resolve('connected'); });
    socket.setTimeout(2000, () => { socket.destroy(); resolve('timeout'); });
    socket.on('error', (error) => resolve(error.code));
  });`;
