-- The topic orders as a table: each field of the JSON is a column.
CREATE TABLE orders (
  id STRING,
  customer STRING,
  status STRING,
  total_cents BIGINT,
  placed_at STRING
) WITH (
  'connector' = 'kafka',
  'topic' = 'orders',
  'scan.startup.mode' = 'latest-offset',
  'value.format' = 'json'
);

-- The table that the large orders go to.
CREATE TABLE big_orders (
  id STRING,
  customer STRING,
  status STRING,
  total_cents BIGINT
) WITH (
  'connector' = 'kafka',
  'topic' = 'big-orders',
  'value.format' = 'json'
);

SELECT id, customer, status, total_cents FROM orders;
