import { type Connection, FetchIsolationLevels, fetchV17, protocolErrorsCodesById, ResponseError } from '@platformatic/kafka';
import type { Endpoint } from '#sandbox/providers/provider.ts';
import { committedRecords, type StoredRecord } from './committed-records.ts';
import { KafkaError } from './error.ts';
import { withInflateLimit } from './inflate-limit.ts';
import { groupByLeader, type Wire } from './wire.ts';

const MAX_PARTITION_BYTES = 1024 * 1024; // a larger batch is still returned when it is the first
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
const MAX_INFLATED_BYTES = 64 * 1024 * 1024;
const OFFSET_OUT_OF_RANGE = 'OFFSET_OUT_OF_RANGE';

/** Where to continue reading in one partition. */
export interface ReadPosition {
  topic: string;
  topicId: string;
  partition: number;
  leader: Endpoint;
  offset: bigint;
}

export interface FetchedPartition {
  position: ReadPosition;
  records: StoredRecord[];
  /** Next offset to read. */
  next: bigint;
  /** `[start, end)` is what the partition holds, records of open transactions included. */
  start: bigint;
  end: bigint;
  /** Where a reader of committed data stops: below `end` while a transaction is open. */
  stable: bigint;
  /** The position is outside the log; nothing was read. */
  outOfRange: boolean;
}

export interface Fetched {
  partitions: FetchedPartition[];
  /** Pause that the broker requires before the next request, answering nothing meanwhile: the principal is over its quota. */
  throttleMs: number;
}

export interface FetchOptions {
  /** How long to wait for new records; 0 when left out. */
  maxWaitMs?: number;
  /** Stored bytes of a partition in one answer; at 1, it is the batch at the position. */
  partitionBytes?: number;
  /** Records of open and aborted transactions as well. */
  uncommitted?: boolean;
}

/** Reads records from each position, committed ones unless asked for more, without a group or a session. */
export async function fetchFrom(
  wire: Wire,
  positions: readonly ReadPosition[],
  { maxWaitMs = 0, partitionBytes = MAX_PARTITION_BYTES, uncommitted = false }: FetchOptions = {},
): Promise<Fetched> {
  const answers = await Promise.all(
    groupByLeader(positions).map(async ([leader, own]) => {
      const connection = await wire.connection(leader);
      return partitionsOf(await boundedFetch(connection, own, { maxWaitMs, partitionBytes, uncommitted }), own);
    }),
  );
  return {
    partitions: answers.flatMap(({ partitions }) => partitions),
    throttleMs: Math.max(0, ...answers.map(({ throttleMs }) => throttleMs)),
  };
}

function partitionsOf(answer: fetchV17.FetchResponse, positions: readonly ReadPosition[]): Fetched {
  if (answer.errorCode !== 0) throw new KafkaError(errorName(answer.errorCode), 'fetching records');
  const partitions = answer.responses.flatMap(({ topicId, partitions }) =>
    partitions.flatMap((fetched) => {
      const position = positions.find((own) => own.topicId === topicId && own.partition === fetched.partitionIndex);
      return position ? [decodePartition(fetched, position)] : [];
    }),
  );
  return { partitions, throttleMs: answer.throttleTimeMs };
}

function decodePartition(fetched: fetchV17.FetchResponsePartition, position: ReadPosition): FetchedPartition {
  const code = errorName(fetched.errorCode);
  if (fetched.errorCode !== 0 && code !== OFFSET_OUT_OF_RANGE) throw new KafkaError(code, `fetching ${position.topic}`);
  return {
    position,
    ...committedRecords(fetched, position.offset),
    start: fetched.logStartOffset,
    end: fetched.highWatermark,
    // Not told to whoever reads everything.
    stable: fetched.lastStableOffset < 0n ? fetched.highWatermark : fetched.lastStableOffset,
    outOfRange: code === OFFSET_OUT_OF_RANGE,
  };
}

function errorName(code: number): string {
  return protocolErrorsCodesById[code] ?? `ERROR_${code}`;
}

function boundedFetch(
  connection: Connection,
  positions: readonly ReadPosition[],
  amount: Required<FetchOptions>,
): Promise<fetchV17.FetchResponse> {
  return new Promise((resolve, reject) => {
    connection.send<fetchV17.FetchResponse>(
      fetchV17.api.key,
      fetchV17.api.version,
      () => fetchRequest(positions, amount),
      (...answer) => withInflateLimit(MAX_INFLATED_BYTES, () => parseAnswer(answer)),
      true,
      true,
      (error, answer) => (answer ? resolve(answer) : reject(error)),
    );
  });
}

/** The library discards the whole answer when one partition has an error; this returns it. */
function parseAnswer(answer: Parameters<typeof fetchV17.parseResponse>): fetchV17.FetchResponse {
  try {
    return fetchV17.parseResponse(...answer);
  } catch (error) {
    if (error instanceof ResponseError) return error.response;
    throw error;
  }
}

function fetchRequest(positions: readonly ReadPosition[], { maxWaitMs, partitionBytes, uncommitted }: Required<FetchOptions>) {
  const topics = [...Map.groupBy(positions, ({ topicId }) => topicId)].map(([topicId, own]) => ({
    topicId,
    partitions: own.map(({ partition, offset }) => ({
      partition,
      currentLeaderEpoch: -1,
      fetchOffset: offset,
      lastFetchedEpoch: -1,
      partitionMaxBytes: partitionBytes,
    })),
  }));
  const noSession = 0;
  const lastEpoch = -1;
  return fetchV17.createRequest(
    maxWaitMs,
    1,
    MAX_ANSWER_BYTES,
    uncommitted ? FetchIsolationLevels.READ_UNCOMMITTED : FetchIsolationLevels.READ_COMMITTED,
    noSession,
    lastEpoch,
    topics,
    [],
    '',
  );
}
