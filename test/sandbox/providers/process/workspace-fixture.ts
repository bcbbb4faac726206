/**
 * Runs small programs in a workspace of this machine, for tests.
 */
import { afterAll, beforeAll } from 'vitest';
import { readConfig } from '#sandbox/config.ts';
import type { RunResult } from '#sandbox/protocol/run.ts';
import { openProcessProvider, type ProcessProvider } from '#sandbox/providers/process/provider.ts';
import type { Endpoint, RunLimits, Workspace } from '#sandbox/providers/provider.ts';

export const LIMITS: RunLimits = { timeMs: 15_000, memoryMb: 256, processes: 128, outputBytes: 64 * 1024 };

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
      onOutput: (chunk) => {
        said[chunk.stream] += chunk.text;
        options.onOutput?.(chunk.text);
      },
    },
  );
  return { result, stdout: said.stdout, stderr: said.stderr };
}

/** True where programs run with full isolation. Known before the tests are collected. */
export const isolated = await hasFullIsolation();

async function hasFullIsolation(): Promise<boolean> {
  await using provider = await openProcessProvider({ searchPath: readConfig().path });
  return provider.isolation === 'full';
}

/** A workspace for a test file. */
export function workspaceFixture(reach: Readonly<Record<string, Endpoint>> = {}) {
  let provider: ProcessProvider;
  let workspace: Workspace;
  beforeAll(async () => {
    provider = await openProcessProvider({ searchPath: readConfig().path });
    workspace = await provider.openWorkspace({ reach });
  });
  afterAll(async () => {
    await workspace[Symbol.asyncDispose]();
    await provider[Symbol.asyncDispose]();
  });
  return {
    run: (text: string, options?: RunTextOptions) => runText(workspace, text, options),
    get provider() {
      return provider;
    },
  };
}
