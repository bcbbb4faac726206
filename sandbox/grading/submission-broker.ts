import { PlatformError } from '#sandbox/errors.ts';
import type { DedicatedBroker } from '#sandbox/leases/dedicated-broker.ts';
import type { ClusterSize } from '#sandbox/leases/dedicated-pool.ts';
import type { GradeOptions } from './grade-options.ts';
import type { Call, Reply } from './judge/ipc.ts';

/** The parts of a grading that are others on a dedicated Kafka. */
export type DedicatedParts = Pick<GradeOptions, 'tenancy' | 'kafka' | 'tenants' | 'workspaces'> & {
  dedicatedBroker: DedicatedBroker;
} & AsyncDisposable;

type BrokerCall = Extract<Call, { broker: number }>;

/**
 * A Kafka for one submission alone. All its rounds have the same one, each with a tenant and topics of its own: starting three brokers
 * takes 5 s of a whole machine, starting again those that the round before has killed a part of it.
 *
 * @param brokers how many it has
 * @throws PlatformError SERVICE_NOT_READY when none can be had; the signal's reason
 */
export async function takeDedicated(
  { dedicated, provider, signal, onWait }: GradeOptions,
  brokers: ClusterSize,
): Promise<DedicatedParts> {
  if (!dedicated) throw missing();
  const dedicatedBroker = await dedicated.take(brokers, signal, onWait);
  onWait?.(null);
  return {
    dedicatedBroker,
    // What a round leaves goes with the brokers; taking it away one by one would wait for those that are down.
    tenancy: { ...dedicatedBroker.tenancy, remove: async () => undefined },
    tenants: async () => {
      await dedicatedBroker.heal();
      return dedicatedBroker.tenancy.create();
    },
    workspaces: { take: () => provider.openWorkspace({ reach: dedicatedBroker.reach }) },
    kafka: { ping: async () => requireWhole(dedicatedBroker) },
    [Symbol.asyncDispose]: async () => {
      await dedicatedBroker[Symbol.asyncDispose]();
    },
  };
}

export function isBrokerCall(call: Call): call is BrokerCall {
  return call.name === 'kill-broker' || call.name === 'start-broker';
}

/** Does what a grader wants of the brokers. */
export async function answerBroker(dedicatedBroker: DedicatedBroker | null, { name, broker }: BrokerCall): Promise<Reply> {
  if (!dedicatedBroker)
    throw new Error('the grader operates a broker, but the exercise has none of its own: it lacks "broker: dedicated"');
  await (name === 'kill-broker' ? dedicatedBroker.kill(broker) : dedicatedBroker.start(broker));
  return { done: true };
}

/** Brokers that the grader has killed are no fault; one that ended by itself is. */
function requireWhole(dedicatedBroker: DedicatedBroker): void {
  if (!dedicatedBroker.broken()) return;
  throw new PlatformError('SERVICE_NOT_READY', {
    message: 'A broker ended by itself while your program was judged.',
    hint: 'Hand in again; `npm run doctor` tells what is missing.',
  });
}

function missing(): PlatformError {
  return new PlatformError('SERVICE_NOT_READY', {
    message: 'This server has no brokers for single submissions.',
    hint: '`npm run doctor` tells what is missing.',
  });
}
