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
SELECT customer, SUM(CASE WHEN kind = 'refund' THEN -amount_cents ELSE amount_cents END)
FROM TUMBLE(TABLE payments, DESCRIPTOR(paid_at), INTERVAL '1' MINUTE)
GROUP BY customer, window_start, window_end
HAVING SUM(CASE WHEN kind = 'refund' THEN -amount_cents ELSE amount_cents END) >= 5000;
