import type Dockerode from 'dockerode';
import type { Config } from '#sandbox/config.ts';
import type { Image } from '#sandbox/images/image.ts';
import type { Endpoint, Gate, SoftwareOptions } from '#sandbox/providers/provider.ts';
import type { ServiceLog } from '#sandbox/providers/service-log.ts';
import type { Owner } from './labels.ts';
import type { Network } from './network.ts';

/** What the parts of the provider share. */
export interface DockerContext {
  readonly docker: Dockerode;
  readonly config: Config;
  readonly owner: Owner;
  /** Options of every container for its filter of system calls. */
  readonly securityOptions: readonly string[];
  readonly services: ServiceRegistry;
  /** Service containers that have not been disposed of, by their folder. */
  readonly containers: Map<string, ServiceContainer>;
  /** Returns the reference of an image that the engine then has. */
  image(image: Image, options?: SoftwareOptions): Promise<string>;
}

interface KnownService {
  containerId: string;
  /** What stands in the networks of programs in its place; null where it does so itself. */
  gateId: string | null;
  /** What the gate runs; null without one. */
  gate: Gate | null;
  /** Where containers in a network with it reach it. */
  inside: Endpoint;
}

/** Maps the addresses that the server knows to the services behind them. */
export class ServiceRegistry {
  readonly #known = new Map<string, KnownService>();

  set({ host, port }: Endpoint, service: KnownService): void {
    this.#known.set(`${host}:${port}`, service);
  }

  /** @throws Error when this provider has no service there */
  at({ host, port }: Endpoint): KnownService {
    const found = this.#known.get(`${host}:${port}`);
    if (!found) throw new Error(`no service of this provider is at ${host}:${port}`);
    return found;
  }
}

/** The container of a service's gate. */
export interface GateContainer extends AsyncDisposable {
  containerId: string;
  /** Of a service that was started again: starts it unless it runs, and lets it print to the service's log. */
  resume(log: ServiceLog, signal: AbortSignal | undefined): Promise<void>;
}

/** A service's container that has not been disposed of and can be started again. */
export interface ServiceContainer {
  containerId: string;
  network: Network;
  gate: GateContainer | null;
}
