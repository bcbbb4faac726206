CREATE TABLE revenue (
  customer STRING,
  revenue_cents BIGINT
) WITH (
  'connector' = 'kafka',
  'topic' = 'revenue',
  'value.format' = 'json'
);

-- What happens to a row of this result when the same customer pays again?
SELECT customer, SUM(amount_cents) AS revenue_cents
FROM payments
GROUP BY customer;
