import { Budget } from './budget.ts';
import { Hold } from './hold.ts';
import { Kept } from './kept.ts';
import { limitsOf, MOST_HELD_BYTES, SASL_AUTHENTICATE } from './request-limits.ts';

/** Records of one request. A broker that refuses a batch says so of each record. */
export const MOST_RECORDS = 50_000;
/** A client of one broker opens a handful: kafkajs 9 for a producer, two consumers, a transaction and an admin client. */
export const MOST_CONNECTIONS = 64;

/** What the connections of one learner have together. */
export class Learner {
  /** Bytes of requests that wait here, are worked on by the broker or are being answered. */
  readonly held = new Budget(MOST_HELD_BYTES);
  /** The same of connections that ask for no acknowledgement: what an ended program has sent so still comes, and holds up nothing else. */
  readonly heldUnacknowledged = new Budget(MOST_HELD_BYTES);
  /** Bytes of requests before a login, which has a limit of time and so must not wait for what others of the learner have sent. */
  readonly heldByLogins = new Budget(MOST_CONNECTIONS * limitsOf(SASL_AUTHENTICATE).holds);
  /** Records that the broker works on. */
  readonly records = new Budget(MOST_RECORDS);
  /** One at a time. */
  readonly inflating = new Budget(1);
  readonly kept = new Kept();
  readonly hold = new Hold();
  connections = 0;
}
