import type Dockerode from 'dockerode';
import type { Config } from '#sandbox/config.ts';
import type { Image } from '#sandbox/images/image.ts';
import type { Endpoint, SoftwareOptions } from '#sandbox/providers/provider.ts';
import type { Owner } from './labels.ts';
import type { Network } from './network.ts';

/** What the parts of the provider share. */
export interface DockerContext {
  readonly docker: Dockerode;
  readonly config: Config;
  readonly owner: Owner;
  /** Options of every container about its filter of system calls. */
  readonly securityOptions: readonly string[];
  readonly services: ServiceRegistry;
  /** Containers of services that were not disposed of, by their folder. */
  readonly containers: Map<string, ServiceContainer>;
  /** Reference of an image that the engine has afterwards. */
  image(image: Image, options?: SoftwareOptions): Promise<string>;
}

interface KnownService {
  containerId: string;
  /** Where those who are in a network with it reach it. */
  inside: Endpoint;
}

/** What stands behind the addresses that the server knows. */
export class ServiceRegistry {
  readonly #known = new Map<string, KnownService>();

  set({ host, port }: Endpoint, service: KnownService): void {
    this.#known.set(`${host}:${port}`, service);
  }

  /** @throws Error when no service of this provider is there */
  at({ host, port }: Endpoint): KnownService {
    const found = this.#known.get(`${host}:${port}`);
    if (!found) throw new Error(`no service of this provider is at ${host}:${port}`);
    return found;
  }
}

/** A container of a service that was not disposed of: it can be started again. */
export interface ServiceContainer {
  containerId: string;
  network: Network;
}
