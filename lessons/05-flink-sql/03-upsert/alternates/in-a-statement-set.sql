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

EXECUTE STATEMENT SET
BEGIN
INSERT INTO revenue
SELECT customer, SUM(IF(kind = 'order', amount_cents, -amount_cents))
FROM payments
GROUP BY customer
HAVING SUM(IF(kind = 'order', amount_cents, -amount_cents)) >= 5000;
END;
