-- Two readings that are the same in everything are two readings.
CREATE TABLE readings (
  sensor STRING,
  measured_at TIMESTAMP(3),
  celsius DOUBLE,
  WATERMARK FOR measured_at AS measured_at - INTERVAL '20' SECOND
) WITH (
  'connector' = 'kafka',
  'topic' = 'readings',
  'scan.startup.mode' = 'earliest-offset',
  'scan.watermark.emit.strategy' = 'on-event',
  'value.format' = 'json'
);

INSERT INTO per_minute
SELECT sensor, window_start, window_end, COUNT(DISTINCT CONCAT(CAST(measured_at AS STRING), CAST(celsius AS STRING))), MAX(celsius)
FROM TABLE(TUMBLE(TABLE readings, DESCRIPTOR(measured_at), INTERVAL '1' MINUTE))
GROUP BY sensor, window_start, window_end;
