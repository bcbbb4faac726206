CREATE TABLE readings (
  sensor STRING,
  measured_at STRING,
  celsius DOUBLE,
  happened_at AS TO_TIMESTAMP(measured_at),
  WATERMARK FOR happened_at AS happened_at - INTERVAL '20' SECOND
) WITH (
  'connector' = 'kafka',
  'topic' = 'readings',
  'scan.startup.mode' = 'earliest-offset',
  -- The watermark moves with each reading, not with the clock of this machine.
  'scan.watermark.emit.strategy' = 'on-event',
  'value.format' = 'json'
);

INSERT INTO per_minute
SELECT sensor, window_start, window_end, COUNT(*), MAX(celsius)
FROM TUMBLE(TABLE readings, DESCRIPTOR(happened_at), INTERVAL '1' MINUTE)
GROUP BY sensor, window_start, window_end;
