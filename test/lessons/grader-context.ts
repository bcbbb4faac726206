import { createRandom } from '#sandbox/generators/random.ts';
import type { RoundData } from '#sandbox/generators/round.ts';
import { createChecks } from '#sandbox/grading/judge/checks.ts';
import type { Verdict } from '#sandbox/grading/judge/ipc.ts';
import type { Grader, GraderContext } from '#sandbox/grading/kit/grader.ts';
import type { KafkaRecord } from '#sandbox/grading/kit/kafka.ts';

export interface Judged {
  grader: Grader;
  /** Ids of its checks. */
  checks: readonly string[];
  data: Pick<RoundData, 'inputs' | 'later'>;
  /** What the topics hold when the program has ended. */
  topics: Readonly<Record<string, readonly KafkaRecord[]>>;
  /** What lies in transactions that are not committed, or behind one that is open. */
  uncommitted?: Readonly<Record<string, readonly KafkaRecord[]>>;
}

/** Key of the records that another producer has appended. */
export const BY_OTHERS = 'by others';

/**
 * Lets a grader judge what a program wrote, without a broker and without the program: what it has written stands there from the start, and
 * of SQL, one job runs until the grader ends it.
 *
 * @returns the finding of the first check that fails; null when none does
 */
export async function firstFinding({ grader, checks: ids, data, topics, uncommitted = {} }: Judged) {
  const verdicts: Verdict[] = [];
  const checks = createChecks(ids, (verdict) => verdicts.push(verdict));
  const records = (topic: string) => [...(topics[topic] ?? [])];
  const kafka = {
    readAll: async (topic: string) => records(topic),
    removed: async () => 0n,
    uncommitted: async (topic: string) => [...(uncommitted[topic] ?? [])],
    produce: async () => [],
    partitions: () => 1,
    groups: async () => [],
    startOtherProducer: async () => ({
      stop: async () => undefined,
      without: (all: readonly KafkaRecord[]) => all.filter(({ key }) => String(key) !== BY_OTHERS),
    }),
    until: async (topic: string, isMet: (all: readonly KafkaRecord[]) => boolean) => ({
      met: isMet(records(topic)),
      records: records(topic),
    }),
  } satisfies GraderContext['kafka'];
  const result = { kind: 'exited', exitCode: 0, durationMs: 5 } as const;
  const ended = Promise.withResolvers<typeof result>();
  const program = {
    ...{ result, output: '', files: [], statements: [] },
    run: async () => result,
    start: async () => ({
      ended: ended.promise,
      jobs: async () => [{ statement: 0, state: 'RUNNING' }],
      kill: async () => ended.resolve(result),
      stop: async () => ended.resolve(result),
    }),
  } satisfies GraderContext['program'];
  const broker = {} as GraderContext['broker'];
  await grader({ round: 1, kafka, program, broker, ...data, random: createRandom(1, 'grader'), check: checks.check });
  const failed = verdicts.find(({ status }) => status === 'fail');
  return failed?.status === 'fail' ? { check: failed.id, ...failed.finding } : null;
}

/** Returns records of one partition with these values as JSON, and these keys. */
export function recordsOf(topic: string, rows: readonly { key: string | null; value: unknown }[]): KafkaRecord[] {
  return rows.map(({ key, value }, index) => ({
    ...{ topic, partition: 0, offset: BigInt(index), timestampMs: 0, headers: [['source', Buffer.from('web')]] as const },
    ...{ key: key === null ? null : Buffer.from(key), value: Buffer.from(JSON.stringify(value)) },
  }));
}
