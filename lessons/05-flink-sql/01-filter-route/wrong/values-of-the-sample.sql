CREATE TABLE big_orders (
  id STRING,
  customer STRING,
  status STRING,
  total_cents BIGINT
) WITH (
  'connector' = 'kafka',
  'topic' = 'big-orders',
  'key.format' = 'raw',
  'key.fields' = 'customer',
  'value.format' = 'json'
);

INSERT INTO big_orders VALUES
  ('w-e30a2', 'Grace Moreau', 'SHIPPED', 41986),
  ('w-ae20e', 'Jonas Duarte', 'CANCELLED', 14301),
  ('w-77519', 'Bruno Adeyemi', 'CANCELLED', 25322),
  ('w-21c8b', 'Bruno Lopez', 'PAID', 18133),
  ('w-f8385', 'Jonas Evans', 'CANCELLED', 16937),
  ('w-a1ebc', 'Bruno Adeyemi', 'SHIPPED', 18946),
  ('w-b332a', 'Keiko Lopez', 'SHIPPED', 38567),
  ('w-5a70a', 'Bruno Lopez', 'NEW', 35222),
  ('w-52688', 'Maya Haddad', 'PAID', 21174),
  ('w-7f928', 'Farid Ito', 'PAID', 12987),
  ('w-a3d78', 'Bruno Lopez', 'PACKED', 44860),
  ('w-95287', 'Bruno Adeyemi', 'CANCELLED', 42858),
  ('w-aee92', 'Jonas Evans', 'PAID', 42393),
  ('w-161b0', 'Grace Moreau', 'NEW', 46228),
  ('w-119de', 'Bruno Lopez', 'NEW', 18741),
  ('w-f8b1b', 'Jonas Duarte', 'NEW', 13791),
  ('w-43183', 'Farid Ito', 'SHIPPED', 43562);
