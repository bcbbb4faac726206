-- You cannot change this table. It holds what customers pay, and what they get back.
CREATE TABLE payments (
  id STRING,
  customer STRING,
  kind STRING,
  amount_cents BIGINT,
  paid_at TIMESTAMP(3),
  WATERMARK FOR paid_at AS paid_at
) WITH (
  'connector' = 'kafka',
  'topic' = 'payments',
  'scan.startup.mode' = 'earliest-offset',
  'value.format' = 'json'
);
