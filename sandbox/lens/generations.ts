/** Which generation each consumer group is in, as the coordinator has written it into its own log. */
import { isKafkaError, type KafkaClient, type Tail } from '#sandbox/services/kafka/client/connect.ts';
import { GROUPS_TOPIC, generationIn } from '#sandbox/services/kafka/client/group-generation.ts';

export interface Generations extends AsyncDisposable {
  /** Reads what has been written since. */
  look(): Promise<void>;
  /** By the group's name on the broker; of groups that have changed since it was opened. */
  readonly known: ReadonlyMap<string, number>;
}

/** Returns at once; nothing is read before the first look, which then begins where the log ended at the call. */
export function followGenerations(kafka: Pick<KafkaClient, 'endOffsets' | 'openTail'>): Generations {
  const known = new Map<string, number>();
  const begun = endsOf(kafka);
  begun.catch(() => undefined); // the error reaches the first look
  let tail: Tail | null = null;
  return {
    known,
    async look() {
      tail ??= await kafka.openTail([GROUPS_TOPIC], new Map([[GROUPS_TOPIC, await begun]]));
      for (let news = await tail.next(0); news.length > 0; news = await tail.next(0)) {
        for (const record of news.flatMap(({ records }) => records)) {
          const found = generationIn(record);
          if (found) known.set(found.group, found.generation);
        }
      }
    },
    async [Symbol.asyncDispose]() {
      await tail?.[Symbol.asyncDispose]();
    },
  };
}

/** A broker on which nobody ever had a group has no such log yet. */
async function endsOf(kafka: Pick<KafkaClient, 'endOffsets'>) {
  try {
    return await kafka.endOffsets(GROUPS_TOPIC);
  } catch (error) {
    if (isKafkaError(error, 'UNKNOWN_TOPIC_OR_PARTITION')) return new Map<number, bigint>();
    throw error;
  }
}
