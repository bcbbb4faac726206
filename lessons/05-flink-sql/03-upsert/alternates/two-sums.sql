CREATE TABLE revenue (
  customer STRING,
  revenue_cents BIGINT,
  PRIMARY KEY (customer) NOT ENFORCED
) WITH (
  'connector' = 'upsert-kafka',
  'value.fields-include' = 'ALL',
  'topic' = 'revenue',
  'key.format' = 'json',
  'value.format' = 'json'
);

CREATE TEMPORARY VIEW totals AS
SELECT
  customer,
  COALESCE(SUM(amount_cents) FILTER (WHERE kind = 'order'), 0)
    - COALESCE(SUM(amount_cents) FILTER (WHERE kind = 'refund'), 0) AS total
FROM payments
GROUP BY customer;

INSERT INTO revenue SELECT * FROM totals WHERE NOT total < 5000;
