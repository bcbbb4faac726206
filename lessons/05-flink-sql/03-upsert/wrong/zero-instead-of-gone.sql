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
SELECT customer, CASE WHEN total >= 5000 THEN total ELSE 0 END
FROM (
  SELECT customer, SUM(CASE WHEN kind = 'refund' THEN -amount_cents ELSE amount_cents END) AS total
  FROM payments
  GROUP BY customer
);
