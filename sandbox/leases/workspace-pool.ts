/**
 * Workspaces that are lent, each to one tenant and never again. Where opening one takes time, some wait warm, as many as were wanted lately.
 */

import type { PlatformError } from '#sandbox/errors.ts';
import type { Waiting } from '#sandbox/protocol/waiting.ts';
import type { Workspace } from '#sandbox/providers/provider.ts';
import type { LeaseStack, PendingStack } from './pending-stack.ts';
import type { ProviderWatch } from './provider-watch.ts';
import { openWarmPool, type WarmPool } from './warm-pool.ts';
import { openWorkspaceRoom, type WorkspaceRoomOptions } from './workspace-room.ts';

/** A workspace that no one had before. Disposing it ends it. */
export type LentWorkspace = Workspace;

export interface WorkspacePoolOptions {
  stack: PendingStack<LeaseStack>;
  watch: ProviderWatch;
  limits: WorkspaceRoomOptions['limits'] & { mostStarting: number };
  onFault: (error: unknown) => void;
  freeMb?: WorkspaceRoomOptions['freeMb'];
  /** A spare that was taken is made up for after this time. */
  refillAfterMs?: number;
  /** Time between two looks at the spares. */
  everyMs?: number;
  now?: WorkspaceRoomOptions['now'];
}

export interface WorkspacePool extends Pick<WarmPool<unknown>, 'raise' | 'state' | 'counts'>, AsyncDisposable {
  /** Opens spares, without waiting for them. */
  warm(): void;
  /**
   * A workspace, at once when one is warm; else by turns.
   * @param onWait called with what the caller waits for, when it changes
   * @param owner who takes it, a learner: owners take turns, and one who has none is served as it came
   * @throws PlatformError SERVICE_NOT_READY when none can be opened; the signal's reason
   */
  take(signal?: AbortSignal, onWait?: (what: Waiting) => void, owner?: unknown): Promise<LentWorkspace>;
  /** Why none is opened at this moment; null while it is tried. */
  fault(): PlatformError | null;
  /** Calls `giveUp` when a caller waits and there is no room: a learner who does not use a workspace can give it back. */
  onFull(giveUp: () => void): void;
}

interface Item {
  workspace: Workspace;
  /** Of the broker that it reaches. */
  incarnation: string;
  isUsed: boolean;
}

const REFILL_AFTER_MS = 500;
const EVERY_MS = 5000;

export function openWorkspacePool(options: WorkspacePoolOptions): WorkspacePool {
  const { stack, watch, limits, onFault, freeMb, now } = options;
  const { refillAfterMs = REFILL_AFTER_MS, everyMs = EVERY_MS } = options;
  let giveUp: (() => void) | null = null;
  const eachMb = () => stack.current()?.provider.workspaceMemoryMb ?? 0;
  const room = openWorkspaceRoom({ limits, eachMb, freeMb, now });

  const pool = openWarmPool<Item>({
    make: () => open(stack, watch).finally(turnAway),
    end: ({ workspace }) => workspace[Symbol.asyncDispose](),
    isBroken: (item) => item.isUsed || isLost(item),
    awaited: { starting: 'sandbox-start', free: 'sandbox' },
    spares: room.spares,
    cap: room.cap,
    ...{ mostStarting, refillAfterMs, onFault },
  });

  function mostStarting(): number {
    if (watch.fault()) return 0;
    if (watch.isDoubtful()) return 1;
    return eachMb() === 0 ? Number.POSITIVE_INFINITY : limits.mostStarting;
  }

  /** No caller waits in vain. */
  function turnAway(): void {
    const fault = watch.fault();
    if (fault) pool.turnAway(fault);
  }

  function askForRoom(): void {
    const { lent, spare, starting, waiting, cap: most } = pool.counts();
    if (most !== null && waiting > starting && lent + spare + starting >= most) giveUp?.();
  }

  /** A broker that was started again may be a different one, on separate networks. */
  function isLost({ workspace, incarnation }: Item): boolean {
    return workspace.broken() || stack.current()?.broker.incarnation !== incarnation;
  }

  const timer = setInterval(() => {
    if (eachMb() === 0) return;
    turnAway();
    pool.tend();
    askForRoom();
  }, everyMs).unref();

  return {
    warm: pool.fill,
    raise: (count, tell) => (eachMb() === 0 ? tell?.(count) : pool.raise(count, tell)),
    state: pool.state,
    counts: pool.counts,
    fault: watch.fault,
    async take(signal, onWait, owner) {
      const fault = watch.fault();
      if (fault) throw fault;
      room.take();
      // Where opening one costs nothing there is nothing to tell.
      const taking = pool.take(signal, eachMb() === 0 ? undefined : onWait, owner);
      askForRoom();
      return lend(await taking, pool);
    },
    onFull(give) {
      giveUp = give;
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await pool[Symbol.asyncDispose]();
    },
  };
}

async function open(stack: WorkspacePoolOptions['stack'], watch: ProviderWatch): Promise<Item> {
  const { provider, tenancy, broker } = await stack.ready();
  const { incarnation } = broker;
  try {
    const workspace = await provider.openWorkspace({ reach: { kafka: tenancy.broker } });
    watch.succeeded();
    return { workspace, incarnation, isUsed: false };
  } catch (error) {
    watch.failed(error);
    throw error;
  }
}

/** From here on it is its taker's: no one gets it afterwards. */
function lend(item: Item, pool: Pick<WarmPool<Item>, 'giveBack'>): LentWorkspace {
  const { workspace } = item;
  let given: Promise<void> | null = null;
  item.isUsed = true;
  return {
    address: (name) => workspace.address(name),
    run: (program, run) => workspace.run(program, run),
    hold: (forMs) => workspace.hold(forMs),
    broken: () => workspace.broken(),
    [Symbol.asyncDispose]() {
      given ??= pool.giveBack(item);
      return given;
    },
  };
}
