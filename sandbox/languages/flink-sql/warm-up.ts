import { PlatformError } from '#sandbox/errors.ts';
import type { FlinkSeat } from '#sandbox/services/flink/session/seat.ts';
import type { Tenancy } from '#sandbox/tenancy/tenancy.ts';
import { executeSql } from './execute.ts';

const TOPIC = 'warm-up';
const TIME_LIMIT_MS = 60_000;
const STATEMENTS = `
CREATE TABLE orders (id BIGINT, amount DECIMAL(10, 2), ordered_at TIMESTAMP(3),
  WATERMARK FOR ordered_at AS ordered_at - INTERVAL '5' SECOND)
WITH ('connector' = 'kafka', 'topic' = '${TOPIC}', 'format' = 'json', 'scan.startup.mode' = 'earliest-offset');
CREATE TABLE totals (window_start TIMESTAMP(3), total DECIMAL(38, 2), PRIMARY KEY (window_start) NOT ENFORCED)
WITH ('connector' = 'upsert-kafka', 'topic' = '${TOPIC}-totals', 'key.format' = 'json', 'value.format' = 'json');
SELECT window_start, SUM(amount) AS total FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(ordered_at), INTERVAL '1' MINUTE))
GROUP BY window_start, window_end;
INSERT INTO totals SELECT window_start, SUM(amount) FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(ordered_at), INTERVAL '1' MINUTE))
GROUP BY window_start, window_end;
`;

export interface WarmUpOptions {
  tenancy: Tenancy;
  /** A client of the administrator. */
  kafka: { produce(topic: string, records: readonly { key: string; value: string }[]): Promise<unknown> };
  timeLimitMs?: number;
}

/**
 * Runs one windowed query and one insert over topics of a tenant created for this, so that the JVM loads the classes of Kafka, windows and
 * the planner: its first query takes seconds, the next ones a third of one.
 * @throws PlatformError SERVICE_NOT_READY when they do not end as expected
 */
export async function warmUpFlink(
  flink: FlinkSeat,
  { tenancy, kafka, timeLimitMs = TIME_LIMIT_MS }: WarmUpOptions,
): Promise<void> {
  const tenant = await tenancy.create();
  try {
    const logical = [TOPIC, `${TOPIC}-totals`].map((name) => ({ logical: name, partitions: 1 }));
    const [topic] = await tenancy.createTopics(tenant, 1, logical);
    if (topic) await kafka.produce(topic.name, records());
    const result = await executeSql({
      ...{ flink, tenant, generation: 1, bounded: true },
      files: [{ name: 'warm-up.sql', text: STATEMENTS }],
      limits: { timeMs: timeLimitMs, maxJobs: 1 },
    });
    if (result.kind !== 'sql-finished') throw notWarm(JSON.stringify(result));
  } finally {
    await tenancy.remove(tenant);
  }
}

function records(): { key: string; value: string }[] {
  return Array.from({ length: 100 }, (_, id) => {
    const orderedAt = new Date(Date.UTC(2026, 0, 1) + id * 10_000).toISOString().slice(0, 19).replace('T', ' ');
    return { key: String(id), value: JSON.stringify({ id, amount: 1.5, ordered_at: orderedAt }) };
  });
}

function notWarm(result: string): PlatformError {
  return new PlatformError('SERVICE_NOT_READY', {
    message: `A new Flink did not run its first query: ${result}`,
    hint: 'Try again, or run `npm run doctor` to see what is missing.',
  });
}
