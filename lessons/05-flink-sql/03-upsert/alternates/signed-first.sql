CREATE TABLE revenue (
  customer STRING,
  revenue_cents BIGINT,
  PRIMARY KEY (customer) NOT ENFORCED
) WITH (
  'connector' = 'upsert-kafka',
  'topic' = 'revenue',
  'key.format' = 'json',
  'value.format' = 'json'
);

INSERT INTO revenue (revenue_cents, customer)
SELECT SUM(cents), customer
FROM (
  SELECT customer, amount_cents AS cents FROM payments WHERE kind = 'order'
  UNION ALL
  SELECT customer, -amount_cents FROM payments WHERE kind = 'refund'
)
GROUP BY customer
HAVING SUM(cents) >= 5000;
