import { Readable } from 'node:stream';
import { GenericContainer, type StartedTestContainer, Wait } from 'testcontainers';
import type { ServiceSpec } from '#sandbox/providers/provider.ts';
import { newName } from './labels.ts';

export interface ServiceContainerOptions {
  labels: Record<string, string>;
  spec: ServiceSpec;
  image: string;
  /** For the shell. */
  script: string;
  env: Readonly<Record<string, string>>;
  /** Archive to unpack in DATA_DIR. */
  files: Buffer;
  /** Volume for the state. */
  volume: string;
  network: string;
  address: string;
  /** Ports to publish, with the same numbers inside and on this machine. */
  ports: readonly number[];
  securityOptions: readonly string[];
  extraHosts: readonly string[];
  /** Called with the id when the container has been created and not yet started. */
  onCreated: (containerId: string) => Promise<void>;
}

/** Folder of the state inside. */
export const DATA_DIR = '/data';
/** User id that services run as. */
export const SERVICE_USER = 10_001;
const MB = 1024 * 1024;
/** Mostly threads of a JVM. */
const MOST_PROCESSES = 2048;
/** The caller gives up before this. */
const PATIENCE_MS = 10_000;
const HOST = '127.0.0.1';

/** A service's container, with settings that Testcontainers does not offer. */
class ServiceContainer extends GenericContainer {
  readonly #options: ServiceContainerOptions;

  constructor(options: ServiceContainerOptions) {
    super(options.image);
    this.#options = options;
  }

  protected override async beforeContainerCreated(): Promise<void> {
    const { spec, volume, network, address, ports, extraHosts } = this.#options;
    this.createOpts.NetworkingConfig = {
      EndpointsConfig: { [network]: { Aliases: [spec.name], IPAMConfig: { IPv4Address: address } } },
    };
    Object.assign(this.hostConfig, {
      Memory: spec.memoryMb * MB,
      MemorySwap: spec.memoryMb * MB,
      PidsLimit: MOST_PROCESSES,
      ReadonlyRootfs: true,
      Mounts: [{ Type: 'volume', Source: volume, Target: DATA_DIR }],
      PortBindings: Object.fromEntries(ports.map((port) => [`${port}/tcp`, [{ HostIp: HOST, HostPort: String(port) }]])),
      Dns: ['127.0.0.1'],
      ExtraHosts: [...extraHosts],
      // The service is in many networks and must not forward packets between them.
      Sysctls: { 'net.ipv4.ip_forward': '0' },
      LogConfig: { Type: 'local', Config: { 'max-size': '5m', 'max-file': '2' } },
    });
  }

  protected override containerCreated(containerId: string): Promise<void> {
    return this.#options.onCreated(containerId);
  }
}

/**
 * Creates and starts a service's container.
 * @throws Error when the engine fails
 */
export function startContainer(options: ServiceContainerOptions): Promise<StartedTestContainer> {
  const { spec, labels, script, env, files, network, ports, securityOptions } = options;
  return (
    new ServiceContainer(options)
      .withName(newName(spec.software.name))
      .withLabels(labels)
      .withAutoCleanup(false)
      .withUser(`${SERVICE_USER}:${SERVICE_USER}`)
      .withEntrypoint(['/bin/sh', '-c'])
      .withCommand([script])
      .withWorkingDir(DATA_DIR)
      .withEnvironment(env)
      .withCopyArchivesToContainer([{ tar: Readable.from([files]), target: DATA_DIR }])
      .withNetworkMode(network)
      .withExposedPorts(...ports.map((port) => ({ container: port, host: port })))
      .withDroppedCapabilities('ALL')
      .withSecurityOpt('no-new-privileges', ...securityOptions)
      .withTmpFs({ '/tmp': 'rw,nosuid,nodev,size=64m' })
      // The caller waits for readiness, here and when the container is started again.
      .withWaitStrategy(Wait.forAll([]))
      .withStartupTimeout(spec.readyTimeoutMs + PATIENCE_MS)
      .start()
  );
}
