import { onTestFinished } from 'vitest';
import { pendingStack } from '#sandbox/leases/pending-stack.ts';
import { watchProvider } from '#sandbox/leases/provider-watch.ts';
import { openWorkspacePool, type WorkspacePoolOptions } from '#sandbox/leases/workspace-pool.ts';
import { fakeStack } from '../fake-stack.ts';

interface Given extends Partial<Omit<WorkspacePoolOptions, 'stack' | 'limits'>> {
  fake?: ReturnType<typeof fakeStack>;
  limits?: Partial<WorkspacePoolOptions['limits']>;
  pauseMs?: number;
}

/** Room for this many beside what is open already, each of 100 MB. */
export const roomFor = (count: number, fake: ReturnType<typeof fakeStack>) => () => (count - fake.openWorkspaces()) * 100;

/** A pool of workspaces on a fake provider; it ends with the test. */
export async function workspacePool(given: Given = {}) {
  const { fake = fakeStack(undefined, { workspaceMemoryMb: 100 }), limits, pauseMs = 50, ...options } = given;
  const faults: unknown[] = [];
  const onFault = (error: unknown) => faults.push(error);
  const stack = pendingStack(Promise.resolve(fake));
  await stack.ready();
  const watch = watchProvider({ stack, everyMs: 20, pauseMs });
  const pool = openWorkspacePool({
    ...{ stack, watch, onFault, freeMb: () => 1e6, refillAfterMs: 0, everyMs: 10 },
    limits: { spares: 0, mostSpares: 8, mostStarting: 2, least: 1, reserveMb: 0, ...limits },
    ...options,
  });
  onTestFinished(async () => {
    watch[Symbol.dispose]();
    await pool[Symbol.asyncDispose]();
  });
  return { pool, watch, fake, faults, stack };
}
