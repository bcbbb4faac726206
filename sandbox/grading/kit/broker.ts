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
