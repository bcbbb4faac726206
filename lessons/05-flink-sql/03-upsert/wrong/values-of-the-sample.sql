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

INSERT INTO revenue VALUES
  ('Dev Ito', 43219),
  ('Noor Costa', 7461),
  ('Grace Lopez', 7386),
  ('Grace Berg', 7350),
  ('Elena Garcia', 7003);
