/**
 * What one request may be, by its kind. The broker allocates the announced size of each request at once, and small requests can make it
 * assemble large answers.
 *
 * @see https://kafka.apache.org/protocol#protocol_api_keys
 */

export const PRODUCE = 0;
const FETCH = 1;
const LIST_OFFSETS = 2;
const METADATA = 3;
const OFFSET_COMMIT = 8;
const OFFSET_FETCH = 9;
const JOIN_GROUP = 11;
const SYNC_GROUP = 14;
const DESCRIBE_GROUPS = 15;
export const SASL_HANDSHAKE = 17;
const API_VERSIONS = 18;
const CREATE_TOPICS = 19;
const ADD_PARTITIONS = 24;
const TXN_OFFSET_COMMIT = 28;
const DESCRIBE_CONFIGS = 32;
export const SASL_AUTHENTICATE = 36;
const CREATE_PARTITIONS = 37;
const INCREMENTAL_ALTER_CONFIGS = 44;
const DESCRIBE_PRODUCERS = 61;
const CONSUMER_GROUP_DESCRIBE = 69;
const DESCRIBE_TOPIC_PARTITIONS = 75;

const KB = 1024;
const MB = 1024 * KB;

/** Bytes of one request. */
export interface RequestLimits {
  /** Most that it may announce. */
  bytes: number;
  /** At least what it counts as until it is answered: what the broker may hold for it and its answer. */
  holds: number;
}

/** A learner's requests that wait here, are worked on by the broker or are being answered hold at most this together. */
export const MOST_HELD_BYTES = 4 * MB;

const OTHERS: RequestLimits = { bytes: 4 * KB, holds: 16 * KB };
const LISTS: RequestLimits = { bytes: 16 * KB, holds: 64 * KB };
/** What a name costs here, the broker answers with everything that it knows about the name. */
const DESCRIPTIONS: RequestLimits = { bytes: 4 * KB, holds: MOST_HELD_BYTES / 4 };

const LIMITS = new Map<number, RequestLimits>([
  // Kafka's message.max.bytes is 1 MB; a request may bring batches for several partitions.
  [PRODUCE, { bytes: 2 * MB, holds: 16 * KB }],
  [FETCH, { bytes: 64 * KB, holds: 64 * KB }],
  ...[LIST_OFFSETS, METADATA, OFFSET_COMMIT, TXN_OFFSET_COMMIT, ADD_PARTITIONS].map((key) => [key, LISTS] as const),
  // kafkajs sends 300 bytes for a member of one topic; a leader that assigns sends as much for each member.
  ...[JOIN_GROUP, SYNC_GROUP].map((key) => [key, { bytes: 8 * KB, holds: 16 * KB }] as const),
  ...[CREATE_TOPICS, CREATE_PARTITIONS, INCREMENTAL_ALTER_CONFIGS].map((key) => [key, LISTS] as const),
  ...[
    OFFSET_FETCH,
    DESCRIBE_GROUPS,
    DESCRIBE_CONFIGS,
    DESCRIBE_PRODUCERS,
    CONSUMER_GROUP_DESCRIBE,
    DESCRIBE_TOPIC_PARTITIONS,
  ].map((key) => [key, DESCRIPTIONS] as const),
]);

export function limitsOf(apiKey: number): RequestLimits {
  return LIMITS.get(apiKey) ?? OTHERS;
}

/** Returns whether a connection may send it before it has logged in. */
export function isOfLogin(apiKey: number): boolean {
  return apiKey === SASL_HANDSHAKE || apiKey === API_VERSIONS || apiKey === SASL_AUTHENTICATE;
}
