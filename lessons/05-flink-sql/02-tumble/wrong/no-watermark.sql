CREATE TABLE readings (
  sensor STRING,
  measured_at TIMESTAMP(3),
  celsius DOUBLE
) WITH (
  'connector' = 'kafka',
  'topic' = 'readings',
  'scan.startup.mode' = 'earliest-offset',
  'value.format' = 'json'
);

INSERT INTO per_minute
SELECT sensor, window_start, window_end, COUNT(*), MAX(celsius)
FROM TUMBLE(TABLE readings, DESCRIPTOR(measured_at), INTERVAL '1' MINUTE)
GROUP BY sensor, window_start, window_end;
