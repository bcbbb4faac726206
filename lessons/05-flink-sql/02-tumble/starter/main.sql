CREATE TABLE readings (
  sensor STRING,
  measured_at TIMESTAMP(3),
  celsius DOUBLE
) WITH (
  'connector' = 'kafka',
  'topic' = 'readings',
  'scan.startup.mode' = 'earliest-offset',
  -- Flink emits a watermark after each reading, not every 200 ms.
  'scan.watermark.emit.strategy' = 'on-event',
  'value.format' = 'json'
);

SELECT sensor, COUNT(*) AS readings, MAX(celsius) AS highest
FROM readings
GROUP BY sensor;
