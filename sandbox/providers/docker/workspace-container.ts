import type Dockerode from 'dockerode';
import { type Labels, newName } from './labels.ts';

/** Memory limit of the supervisor: Node with a small heap. */
export const SUPERVISOR_MEMORY_MB = 64;
/** Threads of the supervisor and of the container's first process. */
const SUPERVISOR_PROCESSES = 16;
/** Memory that the supervisor may grow by. */
const SUPERVISOR_GROWTH_MB = 4;
const MB = 1024 * 1024;
const FOLDER_MB = 32;

export interface WorkspaceContainerOptions {
  labels: Labels;
  image: string;
  network: string;
  address: string;
  extraHosts: readonly string[];
  securityOptions: readonly string[];
  /** Limits of one program. */
  limits: WorkspaceLimits;
}

export interface WorkspaceLimits {
  memoryMb: number;
  processes: number;
}

/**
 * Returns the settings of a workspace's container. Its only capabilities: to become another user, and to end that user's processes. It
 * ends with the stream to the server, and then removes itself.
 */
export function workspaceContainer(options: WorkspaceContainerOptions): Dockerode.ContainerCreateOptions {
  return {
    name: newName('workspace'),
    Image: options.image,
    Labels: { ...options.labels },
    Hostname: 'sandbox',
    User: '0:0',
    WorkingDir: '/',
    Entrypoint: [],
    Cmd: ['/usr/local/bin/node', '--max-old-space-size=32', '--max-semi-space-size=1', '/opt/supervisor/main.ts'],
    Env: ['UV_THREADPOOL_SIZE=1'],
    ...{ OpenStdin: true, StdinOnce: true, AttachStdin: true, AttachStdout: true, AttachStderr: true, Tty: false },
    NetworkingConfig: { EndpointsConfig: { [options.network]: { IPAMConfig: { IPv4Address: options.address } } } },
    HostConfig: {
      NetworkMode: options.network,
      AutoRemove: true,
      Init: true,
      ReadonlyRootfs: true,
      Tmpfs: { '/workspace': folder(), '/tmp': folder() },
      ShmSize: MB,
      CapDrop: ['ALL'],
      CapAdd: ['SETUID', 'SETGID', 'SETPCAP', 'KILL'],
      SecurityOpt: ['no-new-privileges', ...options.securityOptions],
      ...limitsOf(options.limits),
      NanoCpus: 1e9,
      Ulimits: [
        { Name: 'nofile', Soft: 1024, Hard: 1024 },
        { Name: 'fsize', Soft: FOLDER_MB * MB, Hard: FOLDER_MB * MB },
        { Name: 'core', Soft: 0, Hard: 0 },
      ],
      // A name server on loopback that never responds; the engine then uses no other.
      Dns: ['127.0.0.1'],
      DnsOptions: ['timeout:1', 'attempts:1'],
      ExtraHosts: [...options.extraHosts],
      LogConfig: { Type: 'none', Config: {} },
    },
  };
}

/**
 * Returns the settings of the container that can be changed while it runs.
 * @param ownBytes memory of the supervisor, once it has reported it
 */
export function limitsOf({ memoryMb, processes }: WorkspaceLimits, ownBytes?: number) {
  const ownMb = ownBytes === undefined ? SUPERVISOR_MEMORY_MB : Math.ceil(ownBytes / MB) + SUPERVISOR_GROWTH_MB;
  const bytes = (memoryMb + Math.min(ownMb, SUPERVISOR_MEMORY_MB)) * MB;
  return { Memory: bytes, MemorySwap: bytes, PidsLimit: processes + SUPERVISOR_PROCESSES };
}

function folder(): string {
  return `rw,nosuid,nodev,size=${FOLDER_MB}m,nr_inodes=4096,mode=1777`;
}
