/**
 * The shared broker: fetched, formatted anew, started, and restarted on the same log and port when it dies.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Config } from '#sandbox/config.ts';
import type { Endpoint } from '#sandbox/providers/provider.ts';
import { type KeptService, keepRunning } from '#sandbox/services/service/keep-running.ts';
import { type ServiceStart, startAgain, startFresh } from '#sandbox/services/service/start-fresh.ts';
import { kafkaGate } from './gate/gate.ts';
import { kafka } from './software.ts';
import { kafkaService } from './spec.ts';

export interface BrokerOptions extends ServiceStart {
  config: Config;
  /** Folder of this stack; the broker uses `kafka/` below it, which is emptied first. */
  dir: string;
}

export interface Broker extends Pick<KeptService, 'state' | 'nextRestartMs' | 'incarnation'>, AsyncDisposable {
  /** Where the server reaches it; a service that may reach it names it by this. */
  readonly endpoint: Endpoint;
  /** Where Flink reaches it. */
  readonly inside: Endpoint;
  /** Super user, SCRAM-SHA-256, with a new password per start. */
  readonly admin: { username: string; password: string };
  /** Id of the current process, or of the last one. `incarnation` tells whether it is still the same broker. */
  readonly pid: number;
}

/**
 * Kafka 4.3.1 forgets users when it reads its log again: while removed users come first in a HashMap, `ScramDelta.apply` drops the map
 * that holds the users after them. A name whose Java hash is 0 comes first, and is never removed.
 */
export const BROKER_ADMIN = 'f5a5a608';

/**
 * Starts a broker with an empty log and waits until it is ready.
 * @throws PlatformError SERVICE_NOT_READY when Kafka or Java is not available, or the broker does not start
 */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const software = await options.provider.software(kafka, options);
  const admin = { username: BROKER_ADMIN, password: randomBytes(24).toString('hex') };
  const spec = kafkaService({ software, admin, controllerPassword: randomBytes(24).toString('hex'), gate: kafkaGate });
  const dir = join(options.dir, 'kafka');
  const service = await startFresh(spec, dir, options);
  const { broker: endpoint } = service.endpoints;
  const { broker: inside } = service.inside;
  if (!endpoint || !inside) throw new Error('the Kafka service has no broker port');
  const kept = keepRunning(service, {
    provider: options.provider,
    restart: async (signal) => {
      options.onProgress?.('Kafka has ended');
      const again = await startAgain(spec, dir, { ...options, signal });
      options.onProgress?.('Kafka is ready again');
      return again;
    },
    onFault: (error) => options.onProgress?.(`Kafka could not be restarted: ${error}`),
  });
  return {
    endpoint,
    inside,
    admin,
    state: kept.state,
    nextRestartMs: kept.nextRestartMs,
    get incarnation() {
      return kept.incarnation;
    },
    get pid() {
      return kept.current().pid;
    },
    [Symbol.asyncDispose]: () => kept[Symbol.asyncDispose](),
  };
}
