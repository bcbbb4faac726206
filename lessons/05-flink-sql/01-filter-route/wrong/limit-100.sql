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

INSERT INTO big_orders
SELECT id, customer, UPPER(status), total_cents
FROM orders
WHERE total_cents >= 10000
LIMIT 100;
