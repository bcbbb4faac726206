/**
 * A Kafka that one learner or one submission has alone: one broker, or three with a quorum, that can be killed and started again one by
 * one.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { BROKER_ADMIN } from '#sandbox/broker.ts';
import type { Endpoint, StartedService } from '#sandbox/providers/provider.ts';
import { awaitCluster } from '#sandbox/readiness/cluster.ts';
import { awaitCoordinators } from '#sandbox/readiness/coordinators.ts';
import { kafkaService } from '#sandbox/services/kafka.ts';
import { type ServiceStart, startAgain, startFresh } from '#sandbox/start-fresh.ts';

export interface ClusterOptions extends ServiceStart {
  /** Folder of this cluster alone; each of its brokers lives in a folder below it. */
  dir: string;
  /** How many brokers. */
  brokers: number;
}

/** Brokers have the numbers from 1. Disposing it kills them all. */
export interface Cluster extends AsyncDisposable {
  /** Where the server reaches each, in the order of their numbers. */
  readonly endpoints: readonly [Endpoint, ...Endpoint[]];
  /** Super user, SCRAM-SHA-256. */
  readonly admin: { username: string; password: string };
  /** SIGKILL; returns when the broker has ended. Nothing to do for one that is down. */
  kill(broker: number): Promise<void>;
  /** Starts one that was killed, on its log and its port; returns when it serves. Nothing to do for one that is up. */
  start(broker: number): Promise<void>;
  /** Starts all that were killed, and returns when the cluster is whole again. */
  heal(): Promise<void>;
  /** A broker has ended that nobody killed, or did not come back. */
  broken(): boolean;
}

/** @throws PlatformError SERVICE_NOT_READY when Kafka or Java cannot be had, or a broker does not start */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { dir, brokers } = options;
  await using opened = new AsyncDisposableStack();
  const software = await options.provider.software('kafka', options);
  const admin = { username: BROKER_ADMIN, password: randomBytes(24).toString('hex') };
  const secrets = { software, admin, controllerPassword: randomBytes(24).toString('hex') };
  const folder = (id: number) => join(dir, `kafka-${id}`);

  const isAlone = brokers === 1;
  const firstSpec = kafkaService({ ...secrets, node: isAlone ? undefined : { id: 1, of: brokers } });
  const first = opened.use(await startFresh(firstSpec, folder(1), options));
  const reach = { [first.name]: endpointOf(first) };
  const others = await allOrThrow(
    Array.from({ length: brokers - 1 }, async (_, index) => {
      const id = index + 2;
      const spec = kafkaService({ ...secrets, node: { id, of: brokers, first: first.inside.controller } });
      const start = { ...options, reach };
      const service = opened.use(await startFresh(spec, folder(id), start));
      return { service, again: () => startAgain(spec, folder(id), start) };
    }),
  );
  const started = [{ service: first, again: () => startAgain(firstSpec, folder(1), options) }, ...others];
  const nodes = started.map(({ service, again }) => new Node(service, again));
  const endpoints: Cluster['endpoints'] = [endpointOf(first), ...others.map(({ service }) => endpointOf(service))];
  const login = { endpoint: endpoints[0], others: endpoints.slice(1), ...admin };
  await awaitCluster(login, brokers);
  await awaitCoordinators(login);
  opened.move();

  const find = (id: number) => {
    const node = nodes[id - 1];
    if (node) return node;
    throw new RangeError(`there is no broker ${id}: there are ${brokers}`);
  };
  return {
    endpoints,
    admin,
    kill: (id) => find(id).kill(),
    start: (id) => find(id).start(),
    async heal() {
      await Promise.all(nodes.map((node) => node.start()));
      await awaitCluster(login, brokers);
    },
    broken: () => nodes.some((node) => node.broken),
    async [Symbol.asyncDispose]() {
      await Promise.all(nodes.map((node) => node.kill()));
    },
  };
}

/** One broker over its lives. */
class Node {
  readonly #again: () => Promise<StartedService>;
  /** Null while it is down. */
  #service: StartedService | null;
  #changing: Promise<void> = Promise.resolve();
  broken = false;

  constructor(service: StartedService, again: () => Promise<StartedService>) {
    this.#again = again;
    this.#service = service;
    this.#watch(service);
  }

  kill(): Promise<void> {
    return this.#change(async () => {
      const service = this.#service;
      this.#service = null;
      await service?.[Symbol.asyncDispose]();
    });
  }

  start(): Promise<void> {
    return this.#change(async () => {
      if (this.#service) return;
      try {
        this.#service = await this.#again();
      } catch (error) {
        this.broken = true;
        throw error;
      }
      this.#watch(this.#service);
    });
  }

  #watch(service: StartedService): void {
    service.ended.then(() => {
      if (this.#service === service) this.broken = true;
    });
  }

  /** One thing after the other: a start must not overtake the kill before it. */
  #change(work: () => Promise<void>): Promise<void> {
    const changed = this.#changing.then(work);
    this.#changing = changed.catch(() => undefined);
    return changed;
  }
}

/** Waits for all, also when one fails: what the others have made must be known by then. */
async function allOrThrow<T>(work: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(work);
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}

function endpointOf({ endpoints: { broker } }: StartedService): Endpoint {
  if (!broker) throw new Error('the Kafka service has no broker port');
  return broker;
}
