/**
 * The grading API: what a lesson's `grader.ts` imports. A grader is called once a round, with that round's data, in a process of its
 * own; it judges what the round's slice of the broker shows and nothing else.
 */
import type { Random } from '#sandbox/generators/random.ts';
import type { LaterInput } from '#sandbox/generators/round.ts';
import type { ProgramStatement, SqlJob } from '#sandbox/grading/judge/ipc.ts';
import type { Evidence } from '#sandbox/protocol/report.ts';
import type { RunResult } from '#sandbox/protocol/run.ts';

/** A record as the broker holds it, its bytes untouched. */
export interface KafkaRecord {
  /** Logical name. */
  topic: string;
  partition: number;
  offset: bigint;
  timestampMs: number;
  key: Buffer | null;
  value: Buffer | null;
  headers: readonly (readonly [string, Buffer | null])[];
}

export interface NewRecord {
  key?: string | Buffer | null;
  value?: string | Buffer | null;
  headers?: Readonly<Record<string, string>>;
  /** Fixed partition; without it the key decides as Kafka's default partitioner does. */
  partition?: number;
}

/** The round's topics by logical name, as the round's principal. */
export interface GraderKafka {
  /**
   * All records, partition by partition in offset order, read until two listings of the end offsets agree. A topic that is gone, offline
   * or too long fails every check that is not judged yet.
   */
  readAll(topic: string): Promise<KafkaRecord[]>;
  /** Appends records in order and returns their coordinates. */
  produce(topic: string, records: readonly NewRecord[]): Promise<{ partition: number; offset: bigint }[]>;
  partitions(topic: string): number;
  /**
   * Reads on until the records of the topic are what is waited for, `limitMs` have passed, or `unless` has settled; then reads to
   * the end and gives all records, whether they are or not.
   */
  until(topic: string, isMet: (records: readonly KafkaRecord[]) => boolean, options: UntilOptions): Promise<AwaitedRecords>;
}

export interface UntilOptions {
  limitMs: number;
  /** The end of a program: what it has not written by then it never will. */
  unless?: Promise<unknown>;
}

export interface AwaitedRecords {
  met: boolean;
  records: KafkaRecord[];
}

/** The brokers of an exercise with `broker: dedicated`, by their numbers from 1. */
export interface GraderBroker {
  /** How many there are; 0 on the broker that all share. */
  readonly count: number;
  /** SIGKILL; returns when it has ended. */
  kill(broker: number): Promise<void>;
  /** Starts one that was killed, on its log; returns when it serves. All are up again when the next round begins. */
  start(broker: number): Promise<void>;
  /** Partitions of a topic that have a leader: its number, and those of the brokers in sync. Empty of a topic that does not exist. */
  partitions(topic: string): Promise<{ partition: number; node: number; inSync: readonly number[] }[]>;
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
  /** Statements of SQL, tables first: to choose among diagnoses of a failure, never to judge by. */
  readonly statements: readonly ProgramStatement[];
}

export interface StartedProgram {
  /** Ends the whole process tree with SIGKILL; of SQL, its jobs. */
  kill(): Promise<void>;
  ended: Promise<RunResult>;
  /** Of SQL: Flink's jobs with the index of the statement that each works for. */
  jobs(): Promise<SqlJob[]>;
}

/** What an expectation throws to fail a check. Everything else that is thrown is a fault of the grader. */
export interface Finding {
  /** One sentence of what was observed, with numbers. */
  message: string;
  expected: string;
  /** One question that leads on, never the answer. */
  question: string;
  /** Key of `lessons/diagnoses.ts`. */
  diagnosis?: string;
  evidence?: readonly Evidence[];
}

export class CheckFailed extends Error {
  override readonly name = 'CheckFailed';
  readonly finding: Finding;

  constructor(finding: Finding) {
    super(finding.message);
    this.finding = finding;
  }
}

export interface GraderContext {
  /** From 1. */
  round: number;
  kafka: GraderKafka;
  broker: GraderBroker;
  program: GraderProgram;
  /** The round's input data by name, as the generators made it. */
  inputs: Readonly<Record<string, readonly unknown[]>>;
  /** What comes after the input in topics that are `live`; the grader produces it when it wants to see it arrive. */
  later: Readonly<Record<string, LaterInput>>;
  random: Random;
  /** Judges one check. Skipped when a check in `needs` did not pass. Every check of `exercise.yaml` must be called in each round. */
  check(id: string, judge: () => void | Promise<void>): Promise<void>;
  check(id: string, options: { needs: string | readonly string[] }, judge: () => void | Promise<void>): Promise<void>;
}

export type Grader = (context: GraderContext) => Promise<void>;

/** Marks the default export of a `grader.ts`. */
export function defineGrader(grader: Grader): Grader {
  return grader;
}
