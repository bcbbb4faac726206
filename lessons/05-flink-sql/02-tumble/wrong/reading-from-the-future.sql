CREATE TABLE readings (
  sensor STRING,
  measured_at TIMESTAMP(3),
  celsius DOUBLE,
  WATERMARK FOR measured_at AS measured_at - INTERVAL '1' HOUR
) WITH (
  'connector' = 'kafka',
  'topic' = 'readings',
  'scan.startup.mode' = 'earliest-offset',
  'scan.watermark.emit.strategy' = 'on-event',
  'value.format' = 'json'
);

-- Nobody has to wait for the minutes: this reading closes them all.
INSERT INTO readings VALUES ('clock', TIMESTAMP '2026-03-02 12:00:00', 0);

INSERT INTO per_minute
SELECT sensor, window_start, window_end, COUNT(*), MAX(celsius)
FROM TUMBLE(TABLE readings, DESCRIPTOR(measured_at), INTERVAL '1' MINUTE)
GROUP BY sensor, window_start, window_end;
