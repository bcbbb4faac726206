/**
 * The one policy for gradings that meet a fault of ours: which fault is tried again, how often, and what is done again. Nothing else
 * judges anything twice. A fault says nothing about the program, so a submission ends with a verdict or, when the tries are
 * used up, as `error`, which costs no attempt.
 */

/** What is done again after a fault. */
export const RETRIES = {
  /**
   * No sandbox can be opened: the container engine is away, or refuses. That lasts as long as it lasts and no try shortens it, so it is
   * waited for without limit and uses up no try. All rounds begin again, because what was opened for them is gone.
   */
  'sandboxes-away': { tries: Number.POSITIVE_INFINITY, again: 'submission' },
  /**
   * The shared broker ended in a round, which then counts for nothing, whatever its verdict. Other learners' programs can end a broker,
   * more than once while it is busy, so this is forgiven most often. All rounds begin again: the next ones were made ready on the broker
   * that ended.
   */
  'broker-ended': { tries: 3, again: 'submission' },
  /**
   * Any fault in a round on dedicated brokers. They are given up, because a grader kills and starts them and no
   * one knows in what state a fault left them. Starting three takes 5 s of a whole machine, so only once more.
   */
  'dedicated-brokers': { tries: 2, again: 'submission' },
  /**
   * Any other fault: the grader threw, ended or hung; Flink ended; the broker was silent; the program could not be started. The round
   * gets another grader, Flink, principal, topics and workspace. A cause that lies outside is gone by then; what fails twice is likely
   * a fault in our code, which a third try only makes slower.
   */
  round: { tries: 2, again: 'round' },
} as const satisfies Record<string, { tries: number; again: 'submission' | 'round' }>;

export type Fault = keyof typeof RETRIES;

/** The upper bound of a submission's tries, whatever the mixture of faults. */
export const MAX_TRIES = Math.max(
  ...Object.values(RETRIES)
    .map(({ tries }) => tries)
    .filter(Number.isFinite),
);

/** The tries of one submission. */
export interface Tries {
  /** Counts a fault. Returns whether what `RETRIES` names is to be tried again. */
  mayRetry(fault: Fault): boolean;
}

export function countTries(): Tries {
  const faults: Fault[] = [];
  return {
    mayRetry(fault) {
      const { tries } = RETRIES[fault];
      if (tries === Number.POSITIVE_INFINITY) return true;
      faults.push(fault);
      return faults.length < MAX_TRIES && faults.filter((one) => one === fault).length < tries;
    },
  };
}
