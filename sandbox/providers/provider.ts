/**
 * What stands between the product and the machine: something that starts services (a broker) and runs learners' programs.
 * A provider knows no learner, no lesson and no HTTP.
 */
import type { OutputChunk, RunResult } from '#sandbox/protocol/run.ts';
import type { Readiness } from '#sandbox/readiness/readiness.ts';
import type { SoftwareSource } from './software-source.ts';

/** Where a service is reached. */
export interface Endpoint {
  host: string;
  port: number;
}

/** What a service needs to know about the place where it starts. */
export interface LaunchSite {
  /** Folder that belongs to this instance of the service alone, as the service sees it; empty at the first start. */
  dir: string;
  /** Ports to listen on, by the names in `ServiceSpec.ports` and `ServiceSpec.ownPorts`. */
  ports: Readonly<Record<string, number>>;
  /** Under which the server reaches the service's ports. */
  host: string;
  /** Address to listen on for the server: `host` itself, or in a container all of its addresses. */
  bindHost: string;
  /** Where programs and services of the same provider reach it, when that is another address than the server's. */
  inside: Inside | null;
}

/** Ports in here are additional to `LaunchSite.ports`, to be listened on at `LaunchSite.bindHost`. */
export interface Inside {
  host: string;
  ports: Readonly<Record<string, number>>;
}

export interface SoftwareOptions {
  onProgress?: ((message: string) => void) | undefined;
  signal?: AbortSignal | undefined;
}

export interface Launch {
  command: readonly [string, ...string[]];
  env?: Readonly<Record<string, string>>;
  /** Files to write below `dir` before the command starts. */
  files?: Readonly<Record<string, string>>;
}

/** Something that a provider can start, described as data. */
export interface ServiceSpec {
  /** `kafka`, `kafka-2`, ...: names its log, and is its host name where the provider has networks of its own. */
  name: string;
  /** What it is made of. */
  software: SoftwareSource;
  /** Logical names of the ports that the server reaches; the first one is the service's main port. */
  ports: readonly string[];
  /** Logical names of ports that nothing but the service itself reaches, on loopback. */
  ownPorts?: readonly string[];
  /** Ports for programs and services, by names out of `ports`, where the provider has networks of its own; see `LaunchSite.inside`. */
  insidePorts?: Readonly<Record<string, number>>;
  memoryMb: number;
  /** Runs to its end in `dir` before the service starts for the first time, e.g. formatting a log directory. */
  prepare?(site: LaunchSite): Promise<Launch | null>;
  launch(site: LaunchSite): Promise<Launch>;
  /** How it shows that it is ready. */
  ready: Readiness;
  readyTimeoutMs: number;
  /** Time between SIGTERM and SIGKILL when it is stopped. */
  stopTimeoutMs: number;
}

export interface StartOptions {
  /**
   * Folder below which the service keeps its log and, unless the provider has a better place, its state; made when missing. Started again
   * with the same folder, it has the same state and ports.
   */
  dir: string;
  /** Services that it may reach, by their `endpoints`; with a provider that has networks of its own, everything else is out of reach. */
  reach?: Readonly<Record<string, Endpoint>>;
  /** Said to a human while it waits: `starting kafka`. */
  onProgress?: ((message: string) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** A running service. Disposing it stops it and waits for its end; it never throws for a service that has ended already. */
export interface StartedService extends AsyncDisposable {
  readonly name: string;
  /** Where the server reaches it. */
  readonly endpoints: Readonly<Record<string, Endpoint>>;
  /** Where services of the same provider that reach it do so, by the same names. */
  readonly inside: Readonly<Record<string, Endpoint>>;
  /** Settles when the process has ended, expected or not. */
  readonly ended: Promise<{ exitCode: number | null; signal: string | null; logTail: string }>;
  /** Of the service's main process; another one after each start. */
  readonly pid: number;
  /** Whether `pid` is a process of this machine that is ours to end; not so where an engine runs it. */
  readonly isChild: boolean;
  /**
   * SIGKILL; returns when it has ended, and does nothing when it has. Unlike one that was disposed of it keeps its place: started again in
   * the same folder, it is where those who reach it look for it.
   */
  kill(): Promise<void>;
}

export interface WorkspaceOptions {
  /** Services that programs in this workspace may reach, by name, as the server's endpoints; everything else is out of reach. */
  reach: Readonly<Record<string, Endpoint>>;
}

export interface ProgramSpec {
  /** File name (relative, may have folders) to text. Written read-only; `package.json` and kafkajs are there besides. */
  files: Readonly<Record<string, string>>;
  /** File that Node starts: `main.ts`. */
  entry: string;
  env?: Readonly<Record<string, string>>;
}

export interface RunLimits {
  timeMs: number;
  /** Resident memory of the whole process tree. */
  memoryMb: number;
  processes: number;
  /** Output beyond this ends the program; the text up to it has been delivered. */
  outputBytes: number;
}

export interface RunOptions {
  limits: RunLimits;
  onOutput: (chunk: OutputChunk) => void;
  /** Aborting ends the program with SIGKILL; the result is `cancelled`. */
  signal?: AbortSignal | undefined;
}

/** Where programs of one sandbox run, one at a time, each in a fresh empty directory. */
export interface Workspace extends AsyncDisposable {
  /** How a program in here reaches the service `name` of `reach`: by TCP, or by a Unix socket that its client's socket factory connects to. */
  address(name: string): { host: string; port: number; socketPath?: string };
  /**
   * Runs a program to its end. When it returns, no process of the program is left.
   * Never throws for the learner's faults.
   * @throws PlatformError SERVICE_NOT_READY when the program could not be started at all, or the workspace went while it ran
   */
  run(program: ProgramSpec, options: RunOptions): Promise<RunResult>;
  /** Nothing runs in here any more, since what it stands on is gone: dispose of it and open another one. */
  broken(): boolean;
}

/** Something that makes a provider less good than it could be, and the command or step that mends it. */
export interface Weakness {
  what: string;
  mend: string;
}

export interface SandboxProvider extends AsyncDisposable {
  readonly name: 'process' | 'docker';
  /** `full`: no network, own user, limits by the kernel. `weak`: some of it, see `weaknesses`. `none`: nothing. */
  readonly isolation: 'full' | 'weak' | 'none';
  /** In words what stands between programs and the machine. */
  readonly walls: string;
  readonly weaknesses: readonly Weakness[];
  /** Memory that an open workspace takes while nothing runs in it. */
  readonly workspaceMemoryMb: number;
  /** Whether what it stands on, such as an engine, answers now. Says so within 5 s. */
  answers(): Promise<boolean>;
  /**
   * What a service is made of, as the service sees it, fetched or built the first time.
   * @throws PlatformError SERVICE_NOT_READY saying what is missing and the command that mends it
   */
  software<Software>(source: SoftwareSource<Software>, options?: SoftwareOptions): Promise<Software>;
  /** @throws PlatformError SERVICE_NOT_READY with the last lines of its log */
  startService(service: ServiceSpec, options: StartOptions): Promise<StartedService>;
  openWorkspace(options: WorkspaceOptions): Promise<Workspace>;
}
