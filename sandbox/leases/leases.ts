/**
 * Who holds which sandbox: a tenant on the broker, and a workspace and a Flink once they are needed, until the learner has been idle for long.
 */
import { abortable } from '#sandbox/readiness/abortable.ts';
import { HeldDedicatedKafka } from './dedicated-kafka.ts';
import type { DedicatedPool } from './dedicated-pool.ts';
import type { FlinkPool } from './flink-pool.ts';
import { Held } from './held.ts';
import { Lease } from './lease.ts';
import { ownedBy } from './owned.ts';
import type { LeaseStack, PendingStack } from './pending-stack.ts';
import type { TenantSpares } from './tenant-spares.ts';
import type { WorkspacePool } from './workspace-pool.ts';

export interface Leases extends AsyncDisposable {
  /**
   * The learner's lease, made when there is none; calls at the same time get the same one. A lease whose broker was started again is
   * replaced, for its data may be gone.
   * @throws PlatformError SERVICE_NOT_READY
   */
  hold(learnerId: string, signal?: AbortSignal): Promise<Lease>;
  /**
   * Fails immediately when waiting for a sandbox would be in vain.
   * @throws PlatformError SERVICE_NOT_READY while none can be opened and the learner has nothing that works
   */
  checkOpening(learnerId: string): void;
  /** The learner's lease when it is there already. */
  current(learnerId: string): Lease | null;
  /** Tells that the learner is there. */
  touch(learnerId: string): void;
  /** Ends the learner's lease, if there is one; the next `hold` makes a fresh one. */
  release(learnerId: string): Promise<void>;
  /**
   * Ends every lease that is not in use and whose learner has been idle for too long; takes back Flinks in which nothing has run for a
   * minute, as many as others wait for.
   */
  sweep(): Promise<void>;
}

export interface LeaseOptions {
  stack: PendingStack<LeaseStack>;
  spares: TenantSpares;
  flinks: Pick<FlinkPool, 'take' | 'counts'>;
  /** For lessons that operate a broker. */
  dedicated: Pick<DedicatedPool, 'take'>;
  workspaces: Pick<WorkspacePool, 'take' | 'onFull' | 'fault'>;
  idleMs: number;
  now: () => number;
  /** Called with the learner whose Flink was taken back for another. */
  onFlinkGiven: (learnerId: string) => void;
  /** Called with the error when ending a lease fails; not awaited. */
  onFault: (error: unknown) => void;
}

interface Entry {
  /** Of the broker that the lease's tenant is on. */
  incarnation: string;
  opening: Promise<Lease>;
  /** Null while it opens. */
  lease: Lease | null;
}

const SWEEP_INTERVAL_MS = 5000;
/** A Flink takes 500 MB, which a learner who reads does not need while others wait. */
const FLINK_IDLE_MS = 60_000;

export function openLeases(options: LeaseOptions): Leases {
  const { stack, spares, flinks, dedicated, workspaces, idleMs, now, onFlinkGiven, onFault } = options;
  const entries = new Map<string, Entry>();

  async function hold(learnerId: string, signal?: AbortSignal): Promise<Lease> {
    const ready = await stack.ready(signal);
    const known = entries.get(learnerId);
    if (known?.incarnation === ready.broker.incarnation) return abortable(known.opening, signal);
    if (known) end(known).catch(onFault);
    const entry: Entry = { incarnation: ready.broker.incarnation, opening: open(ready, learnerId), lease: null };
    entries.set(learnerId, entry);
    entry.opening.then(
      (lease) => {
        entry.lease = lease;
      },
      () => forget(learnerId, entry),
    );
    return abortable(entry.opening, signal);
  }

  async function open({ tenancy }: LeaseStack, learnerId: string): Promise<Lease> {
    const tenant = await spares.take();
    const workspace = new Held('sandbox', ownedBy(learnerId, workspaces), onFault);
    const flink = new Held('flink', ownedBy(learnerId, flinks), onFault);
    const dedicatedKafka = new HeldDedicatedKafka({
      pool: { take: (size, signal, onWait) => dedicated.take(size, signal, onWait, learnerId) },
      stack: () => stack.ready(),
      onFault,
    });
    return new Lease({ tenant, workspace, flink, dedicatedKafka, remove: () => tenancy.remove(tenant), now });
  }

  function checkOpening(learnerId: string): void {
    const fault = workspaces.fault();
    const lease = entries.get(learnerId)?.lease;
    if (fault && !lease?.workspace.current() && !lease?.flink.current()) throw fault;
  }

  function forget(learnerId: string, entry: Entry): void {
    if (entries.get(learnerId) === entry) entries.delete(learnerId);
  }

  async function release(learnerId: string): Promise<void> {
    const entry = entries.get(learnerId);
    if (!entry) return;
    forget(learnerId, entry);
    await end(entry);
  }

  async function end({ opening }: Entry): Promise<void> {
    const lease = await opening.catch(() => null);
    await lease?.[Symbol.asyncDispose]();
  }

  async function sweep(): Promise<void> {
    const idle = [...entries].filter(([, { lease }]) => lease?.isIdle(idleMs));
    await Promise.all(idle.map(([learnerId]) => release(learnerId).catch(onFault)));
    takeBackFlinks();
  }

  /** Who ran something longest ago gives up a Flink first, and gets another at the next run. */
  function takeBackFlinks(): void {
    const { waiting, starting } = flinks.counts();
    const unused = [...entries].flatMap(([learnerId, { lease }]) =>
      lease?.flink.current() && lease.isUnused(FLINK_IDLE_MS) ? [{ learnerId, lease }] : [],
    );
    unused.sort((one, other) => one.lease.usedAt - other.lease.usedAt);
    for (const { learnerId, lease } of unused.slice(0, Math.max(0, waiting - starting))) {
      lease.flink.replace();
      onFlinkGiven(learnerId);
    }
  }

  /** The learner with a workspace who was away for longest gets a new one at the next run. */
  function giveUpWorkspace(): void {
    const unused = [...entries.values()].flatMap(({ lease }) => (lease?.isIdle(0) && lease.workspace.current() ? [lease] : []));
    unused.sort((one, other) => one.touchedAt - other.touchedAt)[0]?.workspace.replace();
  }

  workspaces.onFull(giveUpWorkspace);
  const sweeper = setInterval(sweep, Math.min(SWEEP_INTERVAL_MS, idleMs)).unref();
  return {
    hold,
    checkOpening,
    release,
    sweep,
    current: (learnerId) => entries.get(learnerId)?.lease ?? null,
    touch: (learnerId) => entries.get(learnerId)?.lease?.touch(),
    async [Symbol.asyncDispose]() {
      clearInterval(sweeper);
      await Promise.all([...entries.keys()].map((learnerId) => release(learnerId).catch(onFault)));
    },
  };
}
