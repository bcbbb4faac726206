/**
 * Runs small programs in a workspace of this machine, for tests.
 */
import { afterAll, beforeAll } from 'vitest';
import { readConfig } from '#sandbox/config.ts';
import { openProcessProvider, type ProcessProvider } from '#sandbox/providers/process/provider.ts';
import type { Endpoint, Workspace } from '#sandbox/providers/provider.ts';
import { type RunTextOptions, runText } from '../run-text.ts';

export { type RunTextOptions, runText } from '../run-text.ts';

/** True where programs run with full isolation. Known before the tests are collected. */
export const isolated = await hasFullIsolation();

async function hasFullIsolation(): Promise<boolean> {
  await using provider = await openProcessProvider(readConfig());
  return provider.isolation === 'full';
}

/** A workspace for a test file. */
export function workspaceFixture(reach: Readonly<Record<string, Endpoint>> = {}) {
  let provider: ProcessProvider;
  let workspace: Workspace;
  beforeAll(async () => {
    provider = await openProcessProvider(readConfig());
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
