import { setTimeout as delay } from 'node:timers/promises';
import type { NewRecord, OtherProducer } from '#sandbox/grading/kit/kafka.ts';
import { isKafkaError, type KafkaClient } from '#sandbox/services/kafka/client/connect.ts';

/** From an answer to the next record: many while a program sends and waits for its own answers, and little for the broker to do. */
const PACE_MS = 5;
/** An append that takes longer is held back by the quota, which the program shares: it writes far more than it has to. */
const SLOW_MS = 1000;

interface OtherProducerOptions {
  /** A client that nothing else uses, for the broker may hold it back. It is closed at the stop. */
  client: Pick<KafkaClient, 'produce'> & AsyncDisposable;
  /** Name on the broker. */
  topic: string;
  draw: () => NewRecord;
}

/** Starts a producer that appends one record after another until it is stopped: see `GraderKafka`. */
export async function startOtherProducer({ client, topic, draw }: OtherProducerOptions): Promise<OtherProducer> {
  const own = new Set<string>();
  const stopping = new AbortController();
  let fault: unknown = null;

  async function append(): Promise<void> {
    for (const place of await client.produce(topic, [draw()])) own.add(nameOf(place));
  }
  async function keepAppending(): Promise<void> {
    for (let isSlow = false; !isSlow && !stopping.signal.aborted; ) {
      const startedAt = performance.now();
      await append();
      isSlow = performance.now() - startedAt > SLOW_MS;
      await delay(PACE_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  await append();
  const working = keepAppending();
  working.catch(() => undefined); // told at the stop
  return {
    async stop() {
      stopping.abort();
      try {
        await working;
        await append();
      } catch (error) {
        // That a topic no longer exists is found by whoever reads it.
        if (!isKafkaError(error, 'UNKNOWN_TOPIC_OR_PARTITION')) fault = error;
      } finally {
        await client[Symbol.asyncDispose]();
      }
    },
    without(records) {
      // The record that it could not append may be stored all the same, at a place that it does not know.
      if (fault !== null) throw fault;
      return records.filter((record) => !own.has(nameOf(record)));
    },
  };
}

function nameOf({ partition, offset }: { partition: number; offset: bigint }): string {
  return `${partition}/${offset}`;
}
