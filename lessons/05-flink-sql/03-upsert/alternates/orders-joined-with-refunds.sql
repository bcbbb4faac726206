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

CREATE TEMPORARY VIEW ordered AS
SELECT customer, SUM(amount_cents) AS cents FROM payments WHERE kind = 'order' GROUP BY customer;

CREATE TEMPORARY VIEW refunded AS
SELECT customer, SUM(amount_cents) AS cents FROM payments WHERE kind = 'refund' GROUP BY customer;

INSERT INTO revenue
SELECT ordered.customer, ordered.cents - COALESCE(refunded.cents, 0)
FROM ordered LEFT JOIN refunded ON ordered.customer = refunded.customer
WHERE ordered.cents - COALESCE(refunded.cents, 0) >= 5000;
