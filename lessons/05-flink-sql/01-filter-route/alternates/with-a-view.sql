CREATE TABLE orders (
  id STRING,
  customer STRING,
  status STRING,
  total_cents BIGINT,
  placed_at STRING
) WITH (
  'connector' = 'kafka',
  'topic' = 'orders',
  'scan.startup.mode' = 'earliest-offset',
  'value.format' = 'json'
);

CREATE TABLE big_orders (
  id STRING,
  customer STRING,
  status STRING,
  total_cents BIGINT
) WITH (
  'connector' = 'kafka',
  'topic' = 'big-orders',
  'key.format' = 'raw',
  'key.fields' = 'customer',
  'value.format' = 'json'
);

CREATE TEMPORARY VIEW big AS
SELECT * FROM orders WHERE NOT total_cents < 10000;

INSERT INTO big_orders (total_cents, id, status, customer)
SELECT total_cents, id, UPPER(TRIM(status)), customer FROM big;
