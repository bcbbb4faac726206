import type { RoundData } from '#sandbox/generators/round.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { OutputChunk, RunResult } from '#sandbox/protocol/run.ts';
import type { SqlChange, SqlStatement, SqlTable } from '#sandbox/protocol/sql.ts';
import type { RunLimits, Workspace } from '#sandbox/providers/provider.ts';
import type { FlinkJobs } from '#sandbox/services/flink/client/jobs.ts';
import type { FlinkSeat } from '#sandbox/services/flink/session/seat.ts';
import type { Tenant, TenantTopic } from '#sandbox/tenancy/tenancy.ts';
import type { WrittenExercise } from './exercise.ts';

/** What was lent to a program. */
export interface Lent {
  workspace: Workspace | null;
  flink: FlinkSeat | null;
  /** Names under which the workspace has the other brokers, beside `kafka`. */
  otherBrokers: readonly string[];
}

/** A program in its language, with everything that it needs to run as one tenant. */
export interface StartRequest {
  exercise: WrittenExercise;
  /** The learner's files by name. */
  files: Readonly<Files>;
  data: RoundData;
  lent: Lent;
  tenant: Tenant;
  /** Of the topics: `orders` is `<prefix><generation>.orders`. */
  generation: number;
  topics: readonly TenantTopic[];
  limits: RunLimits & { maxJobs: number };
  /** A query ends at what its topics hold by now, else it waits for more. A program ends when it ends. */
  bounded: boolean;
  onOutput: (chunk: OutputChunk) => void;
  /** Told of each statement. Where nobody listens, the statements that were refused are told as output. */
  listener?: StatementListener | undefined;
  /** Aborting ends it; nothing of it is left when `ended` has settled. */
  signal: AbortSignal;
}

/** Told what the statements of a run give, as it comes. */
export interface StatementListener {
  /** A statement began, got its columns or its job, or ended. Each call has the whole statement. */
  onStatement: (statement: SqlStatement) => void;
  /** @param first number of the first of these changes among those of the statement */
  onChanges: (index: number, first: number, changes: SqlChange[]) => void;
  /** What the changes so far add up to. */
  onTable: (index: number, table: SqlTable) => void;
}

/** A program that was set going. */
export interface StartedProgram {
  /** @throws ProgramLost, PlatformError when it could not be run to its end, through our fault */
  ended: Promise<RunResult>;
  /** Jobs that work for its statements by now; none of a program that has no statements. */
  jobs(): Promise<ProgramJob[]>;
  statements(): ProgramStatement[];
  /** What the lens follows of its jobs; null of a program that has none. */
  followed: FollowedJobs | null;
}

/** A job of Flink, with the index of the statement that it works for. */
export interface ProgramJob {
  statement: number;
  state: string;
}

/** What a statement was and how it went. */
export interface ProgramStatement extends Pick<SqlStatement, 'kind' | 'status' | 'error'> {
  text: string;
}

/** Where the jobs of a program can be looked at while it runs. */
export interface FollowedJobs {
  jobs: FlinkJobs;
  /** What each operator of a statement sends on, by the index of the statement. */
  modes(signal: AbortSignal): Promise<ReadonlyMap<number, readonly PlannedOperator[]>>;
  /** What runs them has ended. */
  broken(): boolean;
}

/** An operator of a statement's plan in the order in which Flink numbers them: those that it reads from come before it. */
export interface PlannedOperator {
  /** `GroupAggregate` */
  type: string;
  /** `+I -U +U`; null where it sends nothing on. */
  mode: string | null;
}

/** What a program ran in has ended under it: our fault, whatever the program did. */
export class ProgramLost extends Error {
  override readonly name = 'ProgramLost';
  /** `Flink` */
  readonly service: string;

  constructor(service: string) {
    super(`${service} ended while a program ran in it`);
    this.service = service;
  }
}
