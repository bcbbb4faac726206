/**
 * What runs programs and judges them. The server, `grade`, `prove`, the bench and tests open the same parts.
 */
import { type GraderPool, openGraderPool } from '#sandbox/grading/grader-pool.ts';
import { type DedicatedPool, openDedicatedPool } from '#sandbox/leases/dedicated-pool.ts';
import type { FlinkPool } from '#sandbox/leases/flink-pool.ts';
import { type PendingStack, pendingStack } from '#sandbox/leases/pending-stack.ts';
import { type ProviderWatch, watchProvider } from '#sandbox/leases/provider-watch.ts';
import { keepSpares, type TenantSpares } from '#sandbox/leases/tenant-spares.ts';
import { openWorkspacePool, type WorkspacePool } from '#sandbox/leases/workspace-pool.ts';
import { openFlinks } from './flinks.ts';
import { openStack, type Stack, type StackOptions } from './stack.ts';

/** Called with the error when a background task fails; not awaited. */
export type OnFault = (what: string, error: unknown) => void;

/** Replaces the broker and the Flinks in tests. */
export interface StandIns {
  open?: ((options: StackOptions) => Promise<Stack>) | undefined;
  flinks?: FlinkPool | undefined;
}

export interface PartsOptions extends StackOptions, StandIns {
  onFault: OnFault;
  /** Called with each step while a Flink or a dedicated Kafka starts. */
  onPoolProgress?: StackOptions['onProgress'];
  /** Grader processes kept ready. */
  graders: number;
}

/** Disposing the parts ends all of them and the stack. */
export interface Parts extends AsyncDisposable {
  stack: PendingStack<Stack>;
  watch: ProviderWatch;
  spares: TenantSpares;
  flinks: FlinkPool;
  dedicated: DedicatedPool;
  workspaces: WorkspacePool;
  graders: GraderPool;
}

/** Opens the parts while their stack is still starting: only the graders cost anything before they are used. */
export async function openParts(options: PartsOptions): Promise<Parts> {
  const { config, dir, onService, onFault, onPoolProgress: onProgress } = options;
  const { limits } = config;
  const note = (what: string) => (error: unknown) => onFault(what, error);
  await using opened = new AsyncDisposableStack();
  const stack = beginStack(options, opened);
  const pool = { dir, stack: () => stack.ready(), onProgress, onService };
  const flinks = opened.use(options.flinks ?? openFlinks({ ...pool, config, onFault: note('a Flink failed') }));
  const dedicated = opened.use(openDedicatedPool({ ...pool, limits, onFault: note('a dedicated Kafka failed') }));
  const watch = opened.use(watchProvider({ stack }));
  const workspaces = opened.use(
    openWorkspacePool({ stack, watch, limits: limits.workspaces, onFault: note('a workspace failed') }),
  );
  const graders = opened.use(openGraderPool(options.graders));
  const spares = keepSpares({ stack, count: limits.spareTenants, onFault: note('a spare tenant could not be created') });
  const all = opened.move();
  const close = () => all.disposeAsync();
  return { stack, watch, spares, flinks, dedicated, workspaces, graders, [Symbol.asyncDispose]: close };
}

/** Starts the stack without waiting for it. Disposing the parts stops it, even while it is starting. */
function beginStack(options: PartsOptions, opened: AsyncDisposableStack): PendingStack<Stack> {
  const { config, dir, onProgress, onService, signal, open = openStack } = options;
  const closing = new AbortController();
  const either = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
  const opening = openClean(() => open({ config, dir, onProgress, onService, signal: either }));
  opened.defer(async () => {
    closing.abort(new Error('the stack is closed'));
    const stack = await opening.catch(() => null);
    await stack?.[Symbol.asyncDispose]();
  });
  return pendingStack(opening);
}

/** Returns a stack without the tenants of an earlier one. */
async function openClean(open: () => Promise<Stack>): Promise<Stack> {
  await using opened = new AsyncDisposableStack();
  const stack = opened.use(await open());
  await stack.tenancy.sweep([]);
  opened.move();
  return stack;
}
