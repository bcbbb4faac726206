/** Kafka as a grader sees it: the round's topics and groups, and nothing else. */
import type { GraderGroup } from './group.ts';

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
  headers?: Readonly<Record<string, string>> | undefined;
  /** Fixed partition; without it the key decides as Kafka's default partitioner does. */
  partition?: number;
}

/** The round's topics by logical name, as the round's principal. */
export interface GraderKafka {
  /**
   * All committed records, partition by partition in offset order, read until two listings of the end offsets agree. A topic that is gone, offline
   * or too long fails every check that is not judged yet.
   */
  readAll(topic: string): Promise<KafkaRecord[]>;
  /** Returns the records that only who reads everything sees: those of transactions that were aborted or are still open. */
  uncommitted(topic: string): Promise<KafkaRecord[]>;
  /** Returns how many records are no longer at the start of the topic's log, because they were deleted or it held too much. */
  removed(topic: string): Promise<bigint>;
  /** Appends records in order and returns their coordinates. */
  produce(topic: string, records: readonly NewRecord[]): Promise<{ partition: number; offset: bigint }[]>;
  /**
   * Lets another producer append to the topic until it is stopped: one record before this returns, then without end, each as soon as the
   * last is acknowledged, and one at the stop. What a program appends meanwhile has its records before, between and after it.
   *
   * @param draw returns its next record; it may equal one of the program's
   */
  startOtherProducer(topic: string, draw: () => NewRecord): Promise<OtherProducer>;
  partitions(topic: string): number;
  /** Returns the round's consumer groups, by name. */
  groups(): Promise<GraderGroup[]>;
  /**
   * Reads on until the records of the topic are what is waited for, `limitMs` have passed, or `unless` has settled; then reads to
   * the end and gives all records, whether they are or not.
   */
  until(topic: string, isMet: (records: readonly KafkaRecord[]) => boolean, options: UntilOptions): Promise<AwaitedRecords>;
}

export interface OtherProducer {
  stop(): Promise<void>;
  /** Returns records without its own, which it knows by the coordinates that the broker answered. Called once it has stopped. */
  without(records: readonly KafkaRecord[]): KafkaRecord[];
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
