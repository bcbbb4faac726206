import type { Needs } from '#sandbox/catalog/needs.ts';
import type { Lease } from '#sandbox/leases/lease.ts';
import type { LeaseStack } from '#sandbox/leases/pending-stack.ts';
import type { Workspace } from '#sandbox/providers/provider.ts';
import type { Coordinates, KafkaClient, NewRecord } from '#sandbox/services/kafka/client/connect.ts';
import type { Tenancy, Tenant } from '#sandbox/tenancy/tenancy.ts';
import type { RunRecord } from './run-record.ts';

/** What puts a run's inputs into its topics, and what its learner adds to them. */
export interface Producer {
  produce(topic: string, records: readonly NewRecord[]): Promise<readonly Coordinates[]>;
}

/** Where a run's topics are: on the broker that all share, or on a dedicated one. */
export interface RunTarget {
  tenancy: Tenancy;
  /** As the administrator. */
  kafka: Producer;
  /** The same, of a dedicated broker; null of the shared one. */
  dedicatedKafka: KafkaClient | null;
  tenant: Tenant;
  /** Null where the run needs none. */
  workspace: Workspace | null;
  /** Names under which the workspace has the other brokers, next to `kafka`. */
  otherBrokers: readonly string[];
  nextGeneration(): number;
  /** Whether a broker has ended since. */
  isLost(): boolean;
}

interface Taken {
  needs: Needs;
  lease: Lease;
  stack: LeaseStack & { kafka: Producer };
}

/** Takes what the run needs of its lease. @throws PlatformError SERVICE_NOT_READY; the signal's reason */
export async function targetOf(run: RunRecord, taken: Taken): Promise<RunTarget> {
  const { dedicatedBrokers } = taken.needs;
  return dedicatedBrokers === 0 ? sharedTarget(run, taken) : dedicatedTarget(run, taken.lease, dedicatedBrokers);
}

async function sharedTarget(run: RunRecord, { needs, lease, stack }: Taken): Promise<RunTarget> {
  const { tenancy, broker, kafka } = stack;
  const { incarnation } = broker;
  // A Flink starts while topics are made.
  if (needs.lent.includes('flink')) lease.flink.warm();
  const workspace = needs.lent.includes('workspace') ? await lease.workspace.take(run.signal, (what) => run.awaits(what)) : null;
  return {
    tenancy,
    kafka,
    dedicatedKafka: null,
    tenant: lease.tenant,
    workspace,
    otherBrokers: [],
    nextGeneration: () => lease.nextGeneration(),
    isLost: () => broker.incarnation !== incarnation || broker.state() !== 'ready',
  };
}

async function dedicatedTarget(run: RunRecord, lease: Lease, brokers: 1 | 3): Promise<RunTarget> {
  const taken = await lease.dedicatedKafka.take(brokers, run.signal, (what) => run.awaits(what));
  const { tenancy, kafka, tenant, workspace, reach } = taken;
  return {
    tenancy,
    kafka,
    dedicatedKafka: kafka,
    tenant,
    workspace,
    otherBrokers: Object.keys(reach).slice(1),
    nextGeneration: () => taken.nextGeneration(),
    isLost: () => taken.broken(),
  };
}
