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

INSERT INTO revenue
SELECT customer, SUM(amount_cents)
FROM payments
GROUP BY customer
HAVING SUM(amount_cents) >= 5000;
