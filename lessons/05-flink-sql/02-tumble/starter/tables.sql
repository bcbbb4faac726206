-- You cannot change this table. Your result is read from it.
CREATE TABLE per_minute (
  sensor STRING,
  window_start TIMESTAMP(3),
  window_end TIMESTAMP(3),
  readings BIGINT,
  highest DOUBLE
) WITH (
  'connector' = 'kafka',
  'topic' = 'per-minute',
  'key.format' = 'raw',
  'key.fields' = 'sensor',
  'value.format' = 'json'
);
