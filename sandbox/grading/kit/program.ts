import type { RunResult } from '#sandbox/protocol/run.ts';
import type { SqlError, SqlStatement } from '#sandbox/protocol/sql.ts';

/** What a statement of SQL was and how it ended. */
export interface ProgramStatement extends Pick<SqlStatement, 'kind' | 'status'> {
  text: string;
  error: SqlError | null;
}

/** A job of Flink, with the index of the statement that it works for. */
export interface SqlJob {
  statement: number;
  state: string;
}

export interface GraderProgram {
  /**
   * Runs the submitted program to its end and waits until its whole process tree is gone. May be called again. SQL runs over what
   * its topics hold by now, and then ends.
   */
  run(): Promise<RunResult>;
  /** Starts it and returns at once; SQL waits for records that come later. */
  start(): Promise<StartedProgram>;
  /** Of the last program that ended. @throws Error when none has. */
  readonly result: RunResult;
  /** What it printed, cut: to choose among diagnoses of a failure, never to judge by. */
  readonly output: string;
  /** Texts of the learner's files: to choose among diagnoses of a failure, never to judge by. */
  readonly files: readonly string[];
  /** Statements of SQL, tables first: to choose among diagnoses of a failure, never to judge by. */
  readonly statements: readonly ProgramStatement[];
}

export interface StartedProgram {
  /** Ends the whole process tree with SIGKILL; of SQL, its jobs. */
  kill(): Promise<void>;
  /** Asks a program to end, with SIGTERM, and returns before it has. */
  stop(): Promise<void>;
  ended: Promise<RunResult>;
  /** Of SQL: Flink's jobs with the index of the statement that each works for. */
  jobs(): Promise<SqlJob[]>;
}
