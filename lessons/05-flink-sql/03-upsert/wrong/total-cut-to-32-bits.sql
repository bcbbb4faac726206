CREATE TABLE revenue (
  customer STRING,
  revenue_cents INT,
  PRIMARY KEY (customer) NOT ENFORCED
) WITH (
  'connector' = 'upsert-kafka',
  'topic' = 'revenue',
  'key.format' = 'json',
  'value.format' = 'json'
);

INSERT INTO revenue
SELECT customer, CAST(SUM(CASE WHEN kind = 'refund' THEN -amount_cents ELSE amount_cents END) AS INT)
FROM payments
GROUP BY customer
HAVING SUM(CASE WHEN kind = 'refund' THEN -amount_cents ELSE amount_cents END) >= 5000;
