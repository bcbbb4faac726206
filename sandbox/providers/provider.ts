/**
 * The boundary between the product and the machine: a provider starts services (a broker) and runs learners' programs. It knows no
 * learner, no lesson and no HTTP.
 */
import type { Socket } from 'node:net';
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
  /** Folder that belongs only to this instance of the service, as the service sees it; empty at the first start. */
  dir: string;
  /** Ports to listen on, by the names in `ServiceSpec.ports` and `ServiceSpec.ownPorts`. */
  ports: Readonly<Record<string, number>>;
  /** Host at which the server reaches the service's ports. */
  host: string;
  /** Address to listen on for the server: `host` itself, or in a container all of its addresses. */
  bindHost: string;
  /** Where programs and services of the same provider reach it, when that differs from the server's address; else null. */
  inside: Inside | null;
}

/** These ports are additional to `LaunchSite.ports`; the service listens on them at `LaunchSite.bindHost`. */
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

/** Stands between programs and a service's main port, so that nothing that could harm the service reaches it. */
export interface Gate {
  /**
   * Module that runs it as a program of its own, where programs reach services over a network: `node MODULE PORT HOST PORT` listens on the
   * first port, prints `GATE_IS_OPEN` when it does, and leads to the service at the other two. Beside it, `node MODULE hold PORT ADDRESS MS`
   * makes the one at a port hold back what comes from an address; see `OpenGate.hold`.
   */
  program: string;
  /** Opens it for the programs of one learner. @param onRefusal called with the reason when it closes a connection */
  open(options: { onRefusal: (reason: string) => void }): OpenGate;
}

export const GATE_IS_OPEN = 'the gate is open';

export interface OpenGate {
  /**
   * Passes on, both ways, what may pass between a program and the service, until either has ended; then it ends both.
   * @param reach connects to the service; not called for a connection that is refused at once
   */
  pass(program: Socket, reach: () => Socket): void;
  /**
   * From now on lets nothing pass, in either direction, for so long; connections stay. A second call takes the place of the first, 0 ends it.
   * @returns whether it can
   */
  hold(forMs: number): boolean;
}

/** Describes, as data, something that a provider can start. */
export interface ServiceSpec {
  /** `kafka`, `kafka-2`, ...: names its log, and is its host name where the provider has separate networks. */
  name: string;
  /** The software that it runs. */
  software: SoftwareSource;
  /** Logical names of the ports that the server reaches; the first one is the service's main port. */
  ports: readonly string[];
  /** Logical names of ports that only the service itself reaches, on loopback. */
  ownPorts?: readonly string[];
  /** Ports for programs and services, by names from `ports`, where the provider has separate networks; see `LaunchSite.inside`. */
  insidePorts?: Readonly<Record<string, number>>;
  /** Left out for a service that programs may send anything, or that they do not reach. */
  gate?: Gate;
  memoryMb: number;
  /** Returns a command that runs to its end in `dir` before the first start, such as formatting a log directory; null for none. */
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
   * Folder below which the service keeps its log and, unless the provider has a better place, its state; created when missing. Restarted
   * with the same folder, it has the same state and ports.
   */
  dir: string;
  /** Services that it may reach, by their `endpoints`; where the provider has separate networks, everything else is out of reach. */
  reach?: Readonly<Record<string, Endpoint>>;
  /** Called with a message when a step starts that takes long: `starting kafka`. */
  onProgress?: ((message: string) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** A running service. Disposing it stops it and waits for its end, without an error for one that has already ended. */
export interface StartedService extends AsyncDisposable {
  readonly name: string;
  /** Where the server reaches it. */
  readonly endpoints: Readonly<Record<string, Endpoint>>;
  /** Where services of the same provider that may reach it do so, by the same names. */
  readonly inside: Readonly<Record<string, Endpoint>>;
  /** Settles when the process has ended, expected or not. */
  readonly ended: Promise<{ exitCode: number | null; signal: string | null; logTail: string }>;
  /** Id of the service's main process; it changes with each start. */
  readonly pid: number;
  /** Whether `pid` is a child process of this one that we may end; false where an engine runs it. */
  readonly isChild: boolean;
  /**
   * Sends SIGKILL and returns when the service has ended; does nothing when it already has. Unlike a disposed service it keeps its place:
   * started again in the same folder, it has the same addresses.
   */
  kill(): Promise<void>;
}

export interface WorkspaceOptions {
  /** Services that programs in this workspace may reach, by name, as the server's endpoints; everything else is out of reach. */
  reach: Readonly<Record<string, Endpoint>>;
}

export interface ProgramSpec {
  /** File name (relative, may have folders) to text. Written read-only, along with `package.json` and kafkajs. */
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
  /** Aborting asks the program to end, with SIGTERM, as a deployment does. What it makes of that is in its result. */
  stop?: AbortSignal | undefined;
}

/** Where programs of one sandbox run, one at a time, each in a fresh empty directory. */
export interface Workspace extends AsyncDisposable {
  /** Returns how a program in here reaches the service `name` of `reach`: by TCP, or by a Unix socket for its client's socket factory. */
  address(name: string): { host: string; port: number; socketPath?: string };
  /**
   * Runs a program to its end. When it returns, no process of the program is left.
   * Never throws for the learner's faults.
   * @throws PlatformError SERVICE_NOT_READY when the program could not be started at all, or the workspace was lost while it ran
   */
  run(program: ProgramSpec, options: RunOptions): Promise<RunResult>;
  /**
   * Holds back, for so long, what passes between programs in here and the services that they reach; connections stay. A second call takes
   * the place of the first, 0 ends it; the end of a program ends it too.
   * @returns whether it can: there must be a gate between them
   */
  hold(forMs: number): Promise<boolean>;
  /** Returns whether its container or machinery no longer exists, so that nothing can run: dispose of it and open a new one. */
  broken(): boolean;
}

/** Something that makes a provider weaker than it could be, and the command or step that fixes it. */
export interface Weakness {
  what: string;
  mend: string;
}

export interface SandboxProvider extends AsyncDisposable {
  readonly name: 'process' | 'docker';
  /** `full`: no network, separate user, limits by the kernel. `weak`: some of these, see `weaknesses`. `none`: none of these. */
  readonly isolation: 'full' | 'weak' | 'none';
  /** What separates programs from the machine, as text. */
  readonly walls: string;
  readonly weaknesses: readonly Weakness[];
  /** Memory that an open workspace takes while nothing runs in it. */
  readonly workspaceMemoryMb: number;
  /** Returns whether what it depends on, such as an engine, responds now. Settles within 5 s. */
  answers(): Promise<boolean>;
  /**
   * Returns a service's software as the service sees it; fetches or builds it the first time.
   * @throws PlatformError SERVICE_NOT_READY naming what is missing and the command that fixes it
   */
  software<Software>(source: SoftwareSource<Software>, options?: SoftwareOptions): Promise<Software>;
  /** @throws PlatformError SERVICE_NOT_READY with the last lines of its log */
  startService(service: ServiceSpec, options: StartOptions): Promise<StartedService>;
  openWorkspace(options: WorkspaceOptions): Promise<Workspace>;
}
