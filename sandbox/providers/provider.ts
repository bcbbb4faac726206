/**
 * What stands between the product and the machine: something that starts services (a broker) and runs learners' programs.
 * A provider knows no learner, no lesson and no HTTP.
 */
import type { OutputChunk, RunResult } from '#sandbox/protocol/run.ts';

/** Where a service is reached from the server. */
export interface Endpoint {
  host: string;
  port: number;
}

/** What a service needs to know about the place where it starts. */
export interface LaunchSite {
  /** Folder that belongs to this instance of the service alone; empty at the first start. */
  dir: string;
  /** Free ports on the address `host`, by the names in `ServiceSpec.ports`. */
  ports: Readonly<Record<string, number>>;
  host: string;
}

export interface Launch {
  command: readonly [string, ...string[]];
  env?: Readonly<Record<string, string>>;
  /** Files to write below `dir` before the command starts. */
  files?: Readonly<Record<string, string>>;
}

/** Something that a provider can start, described as data. */
export interface ServiceSpec {
  /** `kafka`, `flink`, ... */
  name: string;
  /** Logical port names; the first one is the service's main port. */
  ports: readonly string[];
  memoryMb: number;
  /** Runs to its end in `dir` before the service starts for the first time, e.g. formatting a log directory. */
  prepare?(site: LaunchSite): Promise<Launch | null>;
  launch(site: LaunchSite): Promise<Launch>;
  /** The service is ready when this text stands in its output. */
  readyLogLine: string;
  readyTimeoutMs: number;
  /** Time between SIGTERM and SIGKILL when it is stopped. */
  stopTimeoutMs: number;
}

export interface StartOptions {
  /** Folder below which the service keeps its state and log; made when missing. */
  dir: string;
  /** Said to a human while it waits: `starting kafka`. */
  onProgress?: ((message: string) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** A running service. Disposing it stops it and waits for its end; it never throws for a service that has ended already. */
export interface StartedService extends AsyncDisposable {
  readonly name: string;
  readonly endpoints: Readonly<Record<string, Endpoint>>;
  /** Settles when the process has ended, expected or not. */
  readonly ended: Promise<{ exitCode: number | null; signal: string | null; logTail: string }>;
  /** Process or container id, for the instance file and for measuring memory. */
  readonly pid: number;
}

export interface WorkspaceOptions {
  /** Services that programs in this workspace may reach, by name; everything else is out of reach. */
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
   * @throws PlatformError SERVICE_NOT_READY when the program could not be started at all
   */
  run(program: ProgramSpec, options: RunOptions): Promise<RunResult>;
}

export interface SandboxProvider extends AsyncDisposable {
  readonly name: 'process' | 'docker';
  /** `full`: no network, own user, limits by the kernel. `weak`: Node's permission model. `none`: nothing. */
  readonly isolation: 'full' | 'weak' | 'none';
  startService(service: ServiceSpec, options: StartOptions): Promise<StartedService>;
  openWorkspace(options: WorkspaceOptions): Promise<Workspace>;
}
