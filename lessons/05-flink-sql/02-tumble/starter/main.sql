CREATE TABLE readings (
  sensor STRING,
  measured_at TIMESTAMP(3),
  celsius DOUBLE
) WITH (
  'connector' = 'kafka',
  'topic' = 'readings',
  'scan.startup.mode' = 'earliest-offset',
  -- The watermark moves with each reading, not with the clock of this machine.
  'scan.watermark.emit.strategy' = 'on-event',
  'value.format' = 'json'
);

SELECT sensor, COUNT(*) AS readings, MAX(celsius) AS highest
FROM readings
GROUP BY sensor;
