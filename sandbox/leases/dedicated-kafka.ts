import type { Waiting } from '#sandbox/protocol/waiting.ts';
import type { Workspace } from '#sandbox/providers/provider.ts';
import type { Tenant } from '#sandbox/tenancy/tenancy.ts';
import type { DedicatedBroker } from './dedicated-broker.ts';
import type { ClusterSize, DedicatedPool } from './dedicated-pool.ts';
import { Held } from './held.ts';
import type { LeaseStack } from './pending-stack.ts';

/** A learner's dedicated Kafka, with the tenant and the workspace that go with it. */
export interface DedicatedKafka extends DedicatedBroker {
  readonly tenant: Tenant;
  readonly workspace: Workspace;
  /** Number of the topics of the next run, from 1. */
  nextGeneration(): number;
}

export interface HeldDedicatedKafkaOptions {
  pool: Pick<DedicatedPool, 'take'>;
  stack: () => Promise<Pick<LeaseStack, 'provider'>>;
  onFault: (error: unknown) => void;
}

/** The dedicated Kafka of a lease: none before a lesson needs one, then one at a time, until it ends or the lease does. */
export class HeldDedicatedKafka implements AsyncDisposable {
  readonly #options: HeldDedicatedKafkaOptions;
  readonly #held = new Map<ClusterSize, Held<DedicatedKafka>>();

  constructor(options: HeldDedicatedKafkaOptions) {
    this.#options = options;
  }

  /** The one that is there at this moment; null while none is. */
  current(size: ClusterSize): DedicatedKafka | null {
    return this.#held.get(size)?.current() ?? null;
  }

  /** How many brokers it has; 0 while there is none. */
  size(): ClusterSize | 0 {
    return [...this.#held].find(([, held]) => held.current())?.[0] ?? 0;
  }

  /** Takes one ahead of need, without waiting for it. Gives what is awaited. */
  warm(size: ClusterSize): Waiting {
    const held = this.#only(size);
    held.warm();
    return held.awaiting;
  }

  /**
   * @param onWait called with what the caller waits for, each time it changes
   * @throws PlatformError SERVICE_NOT_READY; the signal's reason
   */
  take(size: ClusterSize, signal?: AbortSignal, onWait?: (what: Waiting) => void): Promise<DedicatedKafka> {
    return this.#only(size).take(signal, onWait);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#held.values()].map((held) => held[Symbol.asyncDispose]()));
  }

  /** One of another size goes: a learner is in one lesson at a time. */
  #only(size: ClusterSize): Held<DedicatedKafka> {
    const { pool, stack, onFault } = this.#options;
    for (const [other, held] of this.#held) if (other !== size && held.current()) held.replace();
    const known = this.#held.get(size);
    if (known) return known;
    const lender = {
      take: async (signal?: AbortSignal, onWait?: (what: Waiting) => void) =>
        settleIn(await pool.take(size, signal, onWait), (await stack()).provider),
    };
    const held = new Held('dedicated-kafka', lender, onFault);
    this.#held.set(size, held);
    return held;
  }
}

async function settleIn(dedicated: DedicatedBroker, provider: LeaseStack['provider']): Promise<DedicatedKafka> {
  await using made = new AsyncDisposableStack();
  made.use(dedicated);
  const tenant = await dedicated.tenancy.create();
  const workspace = made.use(await provider.openWorkspace({ reach: dedicated.reach }));
  const all = made.move();
  let generation = 0;
  return {
    ...dedicated,
    tenant,
    workspace,
    nextGeneration: () => ++generation,
    broken: () => dedicated.broken() || workspace.broken(),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
