SET 'parallelism.default' = '2';

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

INSERT INTO per_minute
SELECT sensor, window_start, window_end, COUNT(*), MAX(celsius)
FROM TUMBLE(TABLE readings, DESCRIPTOR(measured_at), INTERVAL '1' MINUTE)
GROUP BY sensor, window_start, window_end;
