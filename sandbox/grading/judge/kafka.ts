import { placeOf } from '#sandbox/grading/kit/decode.ts';
import type { Finding } from '#sandbox/grading/kit/finding.ts';
import type { AwaitedRecords, GraderKafka, KafkaRecord, UntilOptions } from '#sandbox/grading/kit/kafka.ts';
import { isKafkaError, type KafkaClient } from '#sandbox/services/kafka/client/connect.ts';
import { readGroups } from './groups.ts';
import { startOtherProducer } from './other-producer.ts';

/** More than a check reads: at the quota of a tenant a program cannot write so much that half of it could not be read in this time. */
const READ_TIMEOUT_MS = 15_000;

/** One wait at the broker; after each it is looked whether the program has ended. */
const POLL_MS = 200;
/** With more than this the condition will not come true; reading to the end then tells whether it is a flood. */
const MAX_FOLLOWED = 20_000;

interface RoundTopic {
  logical: string;
  name: string;
  partitions: number;
}

/** A topic cannot be judged record by record, and not through our fault. That is a finding. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
  readonly finding: Finding;

  constructor(finding: Finding, options: ErrorOptions) {
    super(finding.message, options);
    this.finding = finding;
  }
}

function flood(topic: string): Finding {
  return {
    message: `${topic} holds more than can be read in ${READ_TIMEOUT_MS / 1000} seconds or in 64 MB.`,
    expected: 'No more records than the task asks for.',
    question: 'What makes the program write again and again?',
    diagnosis: 'SENT_TWICE',
  };
}

/** Of a topic that was not made, or deleted: by a program that may, or since it held far too much. */
function gone(topic: string): Finding {
  return {
    message: `${topic} is not there.`,
    expected: 'The topic is on the broker when the program has ended, and holds no more than the task asks for.',
    question: 'What has your program made, and what has it removed?',
  };
}

function offline(topic: string): Finding {
  return {
    message: `${topic} has a partition without a leader: nobody can read it.`,
    expected: 'Each partition has a leader, also while a broker is down.',
    question: 'On how many brokers is each partition, and which of them may take over?',
  };
}

interface GraderKafkaOptions {
  client: KafkaClient;
  /** Opens one more client of the round's principal. */
  connect: () => KafkaClient;
  topics: readonly RoundTopic[];
  /** Of the round's tenant. */
  prefix: string;
}

/** The round's topics under their logical names. */
export function openGraderKafka({ client, connect, topics, prefix }: GraderKafkaOptions): GraderKafka {
  const find = (logical: string) => {
    const topic = topics.find((one) => one.logical === logical);
    if (topic) return topic;
    throw new Error(`the exercise has no topic '${logical}': it has ${topics.map((one) => one.logical).join(', ')}`);
  };
  const readAll = async (logical: string, { uncommitted = false } = {}) => {
    const startedAt = performance.now();
    try {
      const records = await client.readAll(find(logical).name, { timeoutMs: READ_TIMEOUT_MS, uncommitted });
      return records.map((record) => ({ ...record, topic: logical }));
    } catch (error) {
      const late = performance.now() - startedAt >= READ_TIMEOUT_MS;
      const cause = { cause: error };
      if (isKafkaError(error, 'UNKNOWN_TOPIC_OR_PARTITION')) throw new UnreadableError(gone(logical), cause);
      if (isKafkaError(error, 'LEADER_NOT_AVAILABLE')) throw new UnreadableError(offline(logical), cause);
      if (isKafkaError(error, 'TOO_MANY_BYTES', 'RECORD_BATCH_TOO_LARGE') || (late && (await answers(client))))
        throw new UnreadableError(flood(logical), cause);
      throw error;
    }
  };
  return {
    readAll: (logical) => readAll(logical),
    async uncommitted(logical) {
      const all = await readAll(logical, { uncommitted: true });
      const committed = new Set((await readAll(logical)).map(placeOf));
      return all.filter((record) => !committed.has(placeOf(record)));
    },
    async until(logical, isMet, options) {
      await follow(client, { logical, name: find(logical).name }, { isMet, ...options });
      const records = await readAll(logical);
      return { met: isMet(records), records } satisfies AwaitedRecords;
    },
    removed: async (logical) =>
      [...(await client.startOffsets(find(logical).name)).values()].reduce((sum, start) => sum + start, 0n),
    produce: (logical, records) => client.produce(find(logical).name, records),
    startOtherProducer: (logical, draw) => startOtherProducer({ client: connect(), topic: find(logical).name, draw }),
    partitions: (logical) => find(logical).partitions,
    groups: () => readGroups({ client, prefix, topics }),
  };
}

/** Returns when what has come is enough, or nothing more is to be waited for. */
async function follow(
  client: KafkaClient,
  { logical, name }: Pick<RoundTopic, 'logical' | 'name'>,
  { isMet, limitMs, unless }: UntilOptions & { isMet: (records: readonly KafkaRecord[]) => boolean },
): Promise<void> {
  const deadline = performance.now() + limitMs;
  const ended = new AbortController();
  const end = () => ended.abort();
  unless?.then(end, end);
  await using tail = await client.openTail([name]);
  const records: KafkaRecord[] = [];
  while (!isMet(records) && !ended.signal.aborted && records.length < MAX_FOLLOWED) {
    const leftMs = deadline - performance.now();
    if (leftMs <= 0) return;
    for (const change of await tail.next(Math.min(leftMs, POLL_MS)))
      records.push(...change.records.map((record) => ({ ...record, topic: logical })));
  }
}

async function answers(client: KafkaClient): Promise<boolean> {
  return client.ping().then(
    () => true,
    () => false,
  );
}
