CREATE TABLE readings (
  sensor STRING,
  measured_at TIMESTAMP(3),
  celsius DOUBLE,
  WATERMARK FOR measured_at AS measured_at - INTERVAL '20' SECOND
) WITH (
  'connector' = 'kafka',
  'topic' = 'readings',
  'scan.startup.mode' = 'earliest-offset',
  -- The watermark moves with each reading, not with the clock of this machine.
  'scan.watermark.emit.strategy' = 'on-event',
  'value.format' = 'json'
);

INSERT INTO per_minute (highest, readings, window_end, window_start, sensor)
SELECT highest, readings, window_end, window_start, sensor
FROM (
  SELECT sensor, window_start, window_end, COUNT(celsius) AS readings, MAX(celsius) AS highest
  FROM TABLE(TUMBLE(DATA => TABLE readings, TIMECOL => DESCRIPTOR(measured_at), SIZE => INTERVAL '60' SECONDS))
  GROUP BY window_start, window_end, sensor
);
