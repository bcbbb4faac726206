import { describe, expect, test } from 'vitest';
import { readSqlText } from '../../../site/src/client/sql-text.ts';

const TABLES = `
-- WATERMARK FOR nothing AS nothing
CREATE TABLE readings (
  sensor STRING,
  measured_at TIMESTAMP(3), -- when it was measured
  celsius DECIMAL(4, 1),
  note ROW<a INT, b STRING>,
  WATERMARK FOR measured_at AS measured_at - INTERVAL '20' SECOND
) WITH (
  'connector' = 'kafka', 'topic' = 'sensor-readings', 'scan.watermark.emit.strategy' = 'on-event'
);
CREATE TABLE IF NOT EXISTS per_minute (
  sensor STRING, window_end TIMESTAMP(3), readings BIGINT,
  PRIMARY KEY (sensor, window_end) NOT ENFORCED
) WITH ('connector' = 'upsert-kafka', 'topic' = 'per-minute');`;

describe('what the lens reads of the SQL', () => {
  test('topic, columns, key, event time and delay of each table', () => {
    const [readings, perMinute] = readSqlText([TABLES]).tables;
    expect(readings).toEqual({
      name: 'readings',
      topic: 'sensor-readings',
      upsert: false,
      columns: ['sensor', 'measured_at', 'celsius', 'note'],
      keyFields: [],
      rowtime: { column: 'measured_at', field: 'measured_at', delayMs: 20_000 },
      onEvent: true,
      fromLatest: false,
    });
    expect(perMinute).toMatchObject({ topic: 'per-minute', upsert: true, keyFields: ['sensor', 'window_end'], rowtime: null });
  });

  test.each([
    ['picked_at AS TO_TIMESTAMP_LTZ(ms, 3), ms BIGINT, WATERMARK FOR picked_at AS picked_at', 'ms', 0],
    ["ts AS CAST(`at` AS TIMESTAMP(3)), `at` STRING, WATERMARK FOR `ts` AS ts - INTERVAL '1' HOUR", 'at', 3_600_000],
    ["t TIMESTAMP(3) METADATA FROM 'timestamp', WATERMARK FOR t AS t - INTERVAL '0.5' SECOND", null, 500],
    ['t TIMESTAMP(3), WATERMARK FOR t AS SOURCE_WATERMARK()', 't', null],
  ])('the field that the event time comes from: %s', (columns, field, delayMs) => {
    const [table] = readSqlText([`CREATE TEMPORARY TABLE x (${columns}) WITH ('topic' = 'x')`]).tables;
    expect(table?.rowtime).toMatchObject({ field, delayMs });
  });

  test('a watermark that an ALTER TABLE changes', () => {
    const { tables } = readSqlText([
      TABLES,
      "ALTER TABLE readings MODIFY WATERMARK FOR measured_at AS measured_at - INTERVAL '1' MINUTE;",
    ]);
    expect(tables[0]?.rowtime?.delayMs).toBe(60_000);
  });

  test('the tumbling window and the other columns of GROUP BY', () => {
    const query = `INSERT INTO per_minute SELECT sensor, window_end, COUNT(*) FROM TABLE(
      TUMBLE(TABLE readings, DESCRIPTOR(measured_at), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end, sensor HAVING COUNT(*) > 1;`;
    expect(readSqlText([TABLES, query])).toMatchObject({
      window: { kind: 'tumble', sizeMs: 60_000, column: 'measured_at' },
      groupBy: ['sensor'],
    });
    expect(readSqlText(["SELECT * FROM t GROUP BY TUMBLE(ts, INTERVAL '10' SECOND), a"]).window).toMatchObject({
      sizeMs: 10_000,
      column: 'ts',
    });
    expect(readSqlText(['SELECT 1']).window).toBeNull();
  });

  test('a comment inside a string is not a comment, and a table inside a comment is not a table', () => {
    const { tables } = readSqlText(["/* CREATE TABLE a (b INT) */ CREATE TABLE `c` (d INT) WITH ('topic' = 'x--y')"]);
    expect(tables).toMatchObject([{ name: 'c', topic: 'x--y', columns: ['d'] }]);
  });
});
