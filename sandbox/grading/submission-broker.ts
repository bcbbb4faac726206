import { PlatformError } from '#sandbox/errors.ts';
import type { DedicatedBroker } from '#sandbox/leases/dedicated-broker.ts';
import type { ClusterSize } from '#sandbox/leases/dedicated-pool.ts';
import type { GradeOptions } from './grade-options.ts';
import type { Call, Reply } from './judge/ipc.ts';

/** The parts of a grading that are others on a Kafka of its own. */
export type OwnBroker = Pick<GradeOptions, 'tenancy' | 'kafka' | 'tenants' | 'workspaces'> & {
  own: DedicatedBroker;
} & AsyncDisposable;

type BrokerCall = Extract<Call, { broker: number }>;

/**
 * A Kafka for one submission alone. All its rounds have the same one, each with a tenant and topics of its own: starting three brokers
 * takes 5 s of a whole machine, starting again those that the round before has killed a part of it.
 *
 * @param brokers how many it has
 * @throws PlatformError SERVICE_NOT_READY when none can be had; the signal's reason
 */
export async function takeOwnBroker(
  { dedicated, provider, signal, onWait }: GradeOptions,
  brokers: ClusterSize,
): Promise<OwnBroker> {
  if (!dedicated) throw missing();
  const own = await dedicated.take(brokers, signal, onWait);
  onWait?.(null);
  return {
    own,
    // What a round leaves goes with the brokers; taking it away one by one would wait for those that are down.
    tenancy: { ...own.tenancy, remove: async () => undefined },
    tenants: async () => {
      await own.heal();
      return own.tenancy.create();
    },
    workspaces: { take: () => provider.openWorkspace({ reach: own.reach }) },
    kafka: { ping: async () => requireWhole(own) },
    [Symbol.asyncDispose]: async () => {
      await own[Symbol.asyncDispose]();
    },
  };
}

export function isBrokerCall(call: Call): call is BrokerCall {
  return call.name === 'kill-broker' || call.name === 'start-broker';
}

/** Does what a grader wants of the brokers. */
export async function answerBroker(own: DedicatedBroker | null, { name, broker }: BrokerCall): Promise<Reply> {
  if (!own) throw new Error('the grader operates a broker, but the exercise has none of its own: it lacks "broker: dedicated"');
  await (name === 'kill-broker' ? own.kill(broker) : own.start(broker));
  return { done: true };
}

/** Brokers that the grader has killed are no fault; one that ended by itself is. */
function requireWhole(own: DedicatedBroker): void {
  if (!own.broken()) return;
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
