CREATE TABLE revenue (
  id STRING,
  customer STRING,
  revenue_cents BIGINT,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'upsert-kafka',
  'topic' = 'revenue',
  'key.format' = 'json',
  'value.format' = 'json'
);

INSERT INTO revenue
SELECT id, customer, amount_cents FROM payments;
