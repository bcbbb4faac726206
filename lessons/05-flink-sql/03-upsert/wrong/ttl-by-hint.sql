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
SELECT /*+ STATE_TTL('payments' = '2s') */ customer, SUM(CASE WHEN kind = 'refund' THEN -amount_cents ELSE amount_cents END)
FROM payments
GROUP BY customer
HAVING SUM(CASE WHEN kind = 'refund' THEN -amount_cents ELSE amount_cents END) >= 5000;
