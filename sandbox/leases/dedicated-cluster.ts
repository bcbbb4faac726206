/**
 * A Kafka for one learner or one submission only: one broker, or three with a quorum, that can be killed and started again one by
 * one.
 */

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { counted } from '#lessons/counted.ts';
import type { Endpoint, ServiceSpec, StartedService } from '#sandbox/providers/provider.ts';
import { BROKER_ADMIN } from '#sandbox/services/kafka/broker.ts';
import { awaitCluster } from '#sandbox/services/kafka/readiness/cluster.ts';
import { awaitCoordinators } from '#sandbox/services/kafka/readiness/coordinators.ts';
import { kafka } from '#sandbox/services/kafka/software.ts';
import { kafkaService } from '#sandbox/services/kafka/spec.ts';
import { type ServiceStart, startAgain, startFresh } from '#sandbox/services/service/start-fresh.ts';

export interface ClusterOptions extends ServiceStart {
  /** Folder of this cluster only; each of its brokers lives in a folder below it. */
  dir: string;
  /** How many brokers. */
  brokers: number;
}

/** Brokers have the numbers from 1. Disposing it kills them all. */
export interface Cluster extends AsyncDisposable {
  /** Where the server reaches each, in the order of their numbers. */
  readonly endpoints: readonly [Endpoint, ...Endpoint[]];
  /** For `WorkspaceOptions.reach`: each under the name by which the brokers speak of it to clients, `kafka`, `kafka-2`, ... */
  readonly reach: Readonly<Record<string, Endpoint>>;
  /** Super user, SCRAM-SHA-256. */
  readonly admin: { username: string; password: string };
  /** SIGKILL; returns when the broker has ended. Nothing to do for one that is down. */
  kill(broker: number): Promise<void>;
  /** Starts one that was killed, on its log and its port; returns when it serves. Nothing to do for one that is up. */
  start(broker: number): Promise<void>;
  /** Starts all that were killed, and returns when the cluster is whole again. */
  heal(): Promise<void>;
  /** A broker has ended that no one killed, or did not come back. */
  broken(): boolean;
}

/** @throws PlatformError SERVICE_NOT_READY when Kafka or Java cannot be had, or a broker does not start */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { dir, brokers } = options;
  await using opened = new AsyncDisposableStack();
  const software = await options.provider.software(kafka, options);
  const admin = { username: BROKER_ADMIN, password: randomBytes(24).toString('hex') };
  const secrets = { software, admin, controllerPassword: randomBytes(24).toString('hex') };
  const folder = (id: number) => join(dir, `kafka-${id}`);

  const nodes: Node[] = [];
  // One after the other, each in reach of those before it: so every two of them meet.
  for (let id = 1; id <= brokers; id++) {
    const node = brokers === 1 ? undefined : { id, of: brokers, first: nodes[0]?.inside.controller };
    nodes.push(
      opened.use(await Node.start(kafkaService({ ...secrets, node }), folder(id), { ...options, reach: byName(nodes) })),
    );
  }
  const [first, ...others] = nodes.map(({ endpoint }) => endpoint);
  if (!first) throw new RangeError(`a cluster of ${counted(brokers, 'broker')}`);
  const endpoints: Cluster['endpoints'] = [first, ...others];
  const login = { endpoint: first, others, ...admin };
  await awaitCluster(login, brokers);
  await awaitCoordinators(login);
  const all = opened.move();

  const find = (id: number) => {
    const node = nodes[id - 1];
    if (node) return node;
    throw new RangeError(`there is no broker ${id}: there are ${brokers}`);
  };
  return {
    endpoints,
    reach: byName(nodes),
    admin,
    kill: (id) => find(id).kill(),
    start: (id) => find(id).start(),
    async heal() {
      await Promise.all(nodes.map((node) => node.start()));
      await awaitCluster(login, brokers);
    },
    broken: () => nodes.some((node) => node.broken),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

function byName(nodes: readonly Node[]): Record<string, Endpoint> {
  return Object.fromEntries(nodes.map(({ name, endpoint }) => [name, endpoint]));
}

/** One broker over its lives. */
class Node implements AsyncDisposable {
  readonly #again: () => Promise<StartedService>;
  /** The last life. */
  #service: StartedService;
  #isUp = true;
  #changing: Promise<void> = Promise.resolve();
  broken = false;

  private constructor(service: StartedService, again: () => Promise<StartedService>) {
    this.#again = again;
    this.#service = service;
    this.#watch();
  }

  static async start(spec: ServiceSpec, dir: string, start: ServiceStart): Promise<Node> {
    return new Node(await startFresh(spec, dir, start), () => startAgain(spec, dir, start));
  }

  get name(): string {
    return this.#service.name;
  }

  /** Where the server reaches it; the same in all its lives. */
  get endpoint(): Endpoint {
    const { broker } = this.#service.endpoints;
    if (!broker) throw new Error('the Kafka service has no broker port');
    return broker;
  }

  get inside(): StartedService['inside'] {
    return this.#service.inside;
  }

  kill(): Promise<void> {
    return this.#change(async () => {
      this.#isUp = false;
      await this.#service.kill();
    });
  }

  start(): Promise<void> {
    return this.#change(async () => {
      if (this.#isUp) return;
      try {
        this.#service = await this.#again();
      } catch (error) {
        this.broken = true;
        throw error;
      }
      this.#isUp = true;
      this.#watch();
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#change(async () => {
      this.#isUp = false;
      await this.#service[Symbol.asyncDispose]();
    });
  }

  #watch(): void {
    const service = this.#service;
    service.ended.then(() => {
      if (this.#isUp && this.#service === service) this.broken = true;
    });
  }

  /** One thing after the other: a start must not overtake the kill before it. */
  #change(work: () => Promise<void>): Promise<void> {
    const changed = this.#changing.then(work);
    this.#changing = changed.catch(() => undefined);
    return changed;
  }
}
