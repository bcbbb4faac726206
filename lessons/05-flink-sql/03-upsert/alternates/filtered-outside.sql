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
SELECT customer, total
FROM (
  SELECT customer, SUM(amount_cents * CASE kind WHEN 'order' THEN 1 ELSE -1 END) AS total
  FROM payments
  GROUP BY customer
)
WHERE total >= 5000;
