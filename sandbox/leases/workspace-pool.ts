/**
 * Workspaces that are lent, each to one tenant and never again. Where opening one takes time, some wait warm, as many as were wanted lately.
 */
import { freemem, totalmem } from 'node:os';
import type { PlatformError } from '#sandbox/errors.ts';
import type { Workspace } from '#sandbox/providers/provider.ts';
import type { LeaseStack, PendingStack } from './pending-stack.ts';
import type { ProviderWatch } from './provider-watch.ts';
import { openWarmPool, type PoolCounts, type WarmPool } from './warm-pool.ts';

/** A workspace that nobody had before. Disposing it ends it. */
export type LentWorkspace = Workspace;

export interface WorkspacePoolOptions {
  stack: PendingStack<LeaseStack>;
  watch: ProviderWatch;
  limits: { spares: number; mostSpares: number; mostStarting: number; least: number; reserveMb: number };
  onFault: (error: unknown) => void;
  /** Memory of the machine that nobody uses. */
  freeMb?: () => number;
  /** A spare that was taken is made up for after this time. */
  refillAfterMs?: number;
  /** Time between two looks at the spares. */
  everyMs?: number;
  now?: () => number;
}

export interface WorkspacePool extends Pick<WarmPool<unknown>, 'raise' | 'state' | 'counts'>, AsyncDisposable {
  /** Opens spares, without waiting for them. */
  warm(): void;
  /**
   * A workspace, at once when one is warm; first in, first out.
   * @param onWait told what is awaited, in words, each time it changes: `a sandbox to open`, `a free sandbox (3 wait before you)`
   * @throws PlatformError SERVICE_NOT_READY when none can be opened; the signal's reason
   */
  take(signal?: AbortSignal, onWait?: (what: string) => void): Promise<LentWorkspace>;
  /** Why none is opened at this moment; null while it is tried. */
  fault(): PlatformError | null;
  /** Calls `giveUp` when somebody waits and there is no room: whoever has a workspace and does not use it can give it back. */
  onFull(giveUp: () => void): void;
}

interface Item {
  workspace: Workspace;
  brokerPid: number;
  isUsed: boolean;
}

const MB = 1024 * 1024;
/** What was taken in this time is taken again. */
const DEMAND_MS = 60_000;
const REFILL_AFTER_MS = 500;
const EVERY_MS = 5000;

export function openWorkspacePool(options: WorkspacePoolOptions): WorkspacePool {
  const { stack, watch, limits, onFault, freeMb = () => freemem() / MB } = options;
  const { refillAfterMs = REFILL_AFTER_MS, everyMs = EVERY_MS, now = () => performance.now() } = options;
  /** When each of the last ones was taken. */
  let taken: number[] = [];
  let giveUp: (() => void) | null = null;

  /** 0 where opening one costs nothing. */
  const memoryMb = () => stack.current()?.provider.workspaceMemoryMb ?? 0;

  function spares(): number {
    taken = taken.filter((at) => at > now() - DEMAND_MS);
    return memoryMb() === 0 ? 0 : Math.max(limits.spares, Math.min(limits.mostSpares, taken.length));
  }

  /** Some are opened in whatever memory there is: a round that waits while the next one is ready must get its own. */
  function cap({ lent, spare, starting }: Pick<PoolCounts, 'lent' | 'spare' | 'starting'>): number {
    const each = memoryMb();
    if (each === 0) return Number.POSITIVE_INFINITY;
    const reserveMb = Math.min(limits.reserveMb, totalmem() / MB / 8);
    const room = Math.floor((freeMb() - reserveMb) / each) - starting;
    return Math.max(limits.least, lent + spare + starting + Math.max(0, room));
  }

  function mostStarting(): number {
    if (watch.fault()) return 0;
    if (watch.isDoubtful()) return 1;
    return memoryMb() === 0 ? Number.POSITIVE_INFINITY : limits.mostStarting;
  }

  async function open(): Promise<Item> {
    const { provider, tenancy, broker } = await stack.ready();
    const brokerPid = broker.pid;
    try {
      const workspace = await provider.openWorkspace({ reach: { kafka: tenancy.broker } });
      watch.succeeded();
      return { workspace, brokerPid, isUsed: false };
    } catch (error) {
      watch.failed(error);
      throw error;
    }
  }

  const pool = openWarmPool<Item>({
    make: () => open().finally(turnAway),
    end: ({ workspace }) => workspace[Symbol.asyncDispose](),
    isBroken: (item) => item.isUsed || isLost(item),
    words: { starting: 'a sandbox to open', free: 'a free sandbox' },
    ...{ spares, cap, mostStarting, refillAfterMs, onFault },
  });

  /** Nobody waits for what cannot be. */
  function turnAway(): void {
    const fault = watch.fault();
    if (fault) pool.turnAway(fault);
  }

  function askForRoom(): void {
    const { lent, spare, starting, waiting, cap: most } = pool.counts();
    if (most !== null && waiting > starting && lent + spare + starting >= most) giveUp?.();
  }

  /** A broker that was started again may be another one, on networks of its own. */
  function isLost({ workspace, brokerPid }: Item): boolean {
    return workspace.broken() || stack.current()?.broker.pid !== brokerPid;
  }

  function lend(item: Item): LentWorkspace {
    const { workspace } = item;
    let given: Promise<void> | null = null;
    item.isUsed = true;
    return {
      address: (name) => workspace.address(name),
      run: (program, run) => workspace.run(program, run),
      broken: () => workspace.broken(),
      [Symbol.asyncDispose]() {
        given ??= pool.giveBack(item);
        return given;
      },
    };
  }

  const timer = setInterval(() => {
    if (memoryMb() === 0) return;
    turnAway();
    pool.tend();
    askForRoom();
  }, everyMs).unref();

  return {
    warm: pool.fill,
    raise: (count, tell) => (memoryMb() === 0 ? tell?.(count) : pool.raise(count, tell)),
    state: pool.state,
    counts: pool.counts,
    fault: watch.fault,
    async take(signal, onWait) {
      const fault = watch.fault();
      if (fault) throw fault;
      taken.push(now());
      // Where opening one costs nothing there is nothing to tell.
      const taking = pool.take(signal, memoryMb() === 0 ? undefined : onWait);
      askForRoom();
      return lend(await taking);
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
