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
  ('w-e31a5', 'Jonas Duarte', 'SHIPPED', 29939),
  ('w-34dc6', 'Jonas Evans', 'PAID', 44404),
  ('w-e67ab', 'Farid Ito', 'PACKED', 12346),
  ('w-b332a', 'Keiko Lopez', 'PACKED', 41512),
  ('w-5a70a', 'Bruno Adeyemi', 'NEW', 26877),
  ('w-7fcd4', 'Keiko Lopez', 'NEW', 15668),
  ('w-4abcd', 'Keiko Lopez', 'SHIPPED', 45890),
  ('w-cc5ba', 'Bruno Adeyemi', 'PAID', 28990),
  ('w-314f3', 'Grace Moreau', 'NEW', 29657),
  ('w-844c5', 'Bruno Lopez', 'SHIPPED', 16926),
  ('w-33c1c', 'Jonas Evans', 'CANCELLED', 16957),
  ('w-621c0', 'Jonas Duarte', 'PAID', 30716),
  ('w-f2b86', 'Bruno Lopez', 'SHIPPED', 14912),
  ('w-95287', 'Bruno Adeyemi', 'PACKED', 43218),
  ('w-aee92', 'Farid Ito', 'SHIPPED', 44034),
  ('w-119de', 'Bruno Lopez', 'SHIPPED', 33604),
  ('w-43183', 'Keiko Lopez', 'PAID', 25877),
  ('w-e97b1', 'Grace Moreau', 'NEW', 45864),
  ('w-96d05', 'Farid Ito', 'CANCELLED', 15878),
  ('w-fb926', 'Farid Ito', 'PAID', 33664),
  ('w-73d1c', 'Farid Ito', 'CANCELLED', 29369),
  ('w-bf46e', 'Grace Moreau', 'SHIPPED', 32158),
  ('w-17482', 'Farid Ito', 'NEW', 28438),
  ('w-9543d', 'Jonas Evans', 'PAID', 35050),
  ('w-96b5a', 'Jonas Evans', 'CANCELLED', 10598),
  ('w-ceefd', 'Farid Ito', 'CANCELLED', 28775);
