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
  ('Elena Garcia', 30653),
  ('Noor Costa', 7608),
  ('Bruno Costa', 7307),
  ('Liam Kaur', 6580),
  ('Grace Costa', 6900),
  ('Dev Ito', 9090),
  ('Grace Berg', 7495);
