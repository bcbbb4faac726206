CREATE TABLE readings (
  sensor STRING,
  measured_at TIMESTAMP(3),
  celsius DOUBLE,
  WATERMARK FOR measured_at AS measured_at - INTERVAL '20' SECOND
) WITH (
  'connector' = 'kafka',
  'topic' = 'readings',
  'scan.startup.mode' = 'earliest-offset',
  -- Flink emits a watermark after each reading, not every 200 ms.
  'scan.watermark.emit.strategy' = 'on-event',
  'value.format' = 'json'
);

CREATE TEMPORARY VIEW opposites AS
SELECT sensor, measured_at, -celsius AS colder FROM readings;

INSERT INTO per_minute
SELECT sensor, window_start, window_end, SUM(CAST(1 AS BIGINT)), -MIN(colder)
FROM TUMBLE(TABLE opposites, DESCRIPTOR(measured_at), INTERVAL '1' MINUTE)
GROUP BY sensor, window_start, window_end;
