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
  /** Names of the workspace's other brokers, without `kafka`. */
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
  /** Generation of the topics: `orders` is `<prefix><generation>.orders`. */
  generation: number;
  topics: readonly TenantTopic[];
  limits: RunLimits & { maxJobs: number };
  /** When true, a query ends with what its topics now hold; else it waits for more. A program ends on its own. */
  bounded: boolean;
  onOutput: (chunk: OutputChunk) => void;
  /** Called for each statement. Without it, refused statements appear as output. */
  listener?: StatementListener | undefined;
  /** Aborting ends it; nothing is left when `ended` has settled. */
  signal: AbortSignal;
  /** Aborting asks it to end, with SIGTERM; left out where nobody asks. SQL is not asked. */
  stop?: AbortSignal | undefined;
}

/** Receives the results of a run's statements as they come. */
export interface StatementListener {
  /** Called when a statement starts, gets its columns or its job, or ends. Each call has the whole statement. */
  onStatement: (statement: SqlStatement) => void;
  /** @param first number of the first of these changes among those of the statement */
  onChanges: (index: number, first: number, changes: SqlChange[]) => void;
  /** Called with the table that the changes so far add up to. */
  onTable: (index: number, table: SqlTable) => void;
}

/** A program that was started. */
export interface StartedProgram {
  /** @throws ProgramLost, PlatformError when a Streamwright error kept it from running to its end */
  ended: Promise<RunResult>;
  /** Returns the jobs that now work for its statements; none for a program without statements. */
  jobs(): Promise<ProgramJob[]>;
  statements(): ProgramStatement[];
  /**
   * Ends it as a crash would: a program by SIGKILL, and its exit code tells; of statements the job of one, or every job.
   * @returns whether there was something to end
   */
  kill(statement?: number): Promise<boolean>;
  /** What the lens follows of its jobs; null for a program that has none. */
  followed: FollowedJobs | null;
}

/** A job of Flink, with the index of the statement that it works for. */
export interface ProgramJob {
  statement: number;
  state: string;
}

/** A statement and its outcome. */
export interface ProgramStatement extends Pick<SqlStatement, 'kind' | 'status' | 'error'> {
  text: string;
}

/** Gives access to the jobs of a program while it runs. */
export interface FollowedJobs {
  jobs: FlinkJobs;
  /** Returns what each operator of a statement emits, by the index of the statement. */
  modes(signal: AbortSignal): Promise<ReadonlyMap<number, readonly PlannedOperator[]>>;
  /** Returns whether what runs the jobs has ended. */
  broken(): boolean;
}

/** An operator of a statement's plan, in Flink's numbering: the operators that it reads from come before it. */
export interface PlannedOperator {
  /** `GroupAggregate` */
  type: string;
  /** `+I -U +U`; null when it emits nothing. */
  mode: string | null;
}

/** What a program ran in has ended: a Streamwright error, whatever the program did. */
export class ProgramLost extends Error {
  override readonly name = 'ProgramLost';
  /** `Flink` */
  readonly service: string;

  constructor(service: string) {
    super(`${service} ended while a program was running in it`);
    this.service = service;
  }
}
