import { describeLogDirsV4 } from '@platformatic/kafka';
import { readMetadata, type Wire } from './wire.ts';

export interface LogSizes {
  /** Bytes of each topic, all partitions together, on the broker that has most of it. */
  topics: ReadonlyMap<string, number>;
  /** Free bytes of the fullest disk. */
  usableBytes: number;
}

/** Asks every broker for the sizes of its logs, without Kafka's own topics. */
export async function readLogSizes(wire: Wire): Promise<LogSizes> {
  return wire.attempt('reading the sizes of logs', async () => {
    const { brokers, topics: listed } = await readMetadata(wire, null);
    const asked = listed.map(({ name, partitions }) => ({ name, partitions: partitions.map(({ partition }) => partition) }));
    const sizes = new Map<string, number>();
    let usableBytes = Number.MAX_SAFE_INTEGER;
    for (const broker of brokers) {
      const { results } = await describeLogDirsV4.api.async(await wire.connection(broker), asked);
      for (const { topics, usableBytes: free } of results) {
        usableBytes = Math.min(usableBytes, Number(free));
        for (const { name, partitions } of topics) {
          const bytes = partitions.reduce((sum, { partitionSize }) => sum + Number(partitionSize), 0);
          sizes.set(name, Math.max(sizes.get(name) ?? 0, bytes));
        }
      }
    }
    return { topics: sizes, usableBytes };
  });
}
