/** A lesson in Flink SQL for tests: orders that lie on three partitions, and more of them that arrive while a Run goes on. */
export const SQL_LESSON: Readonly<Record<string, string>> = {
  '05-sql/module.yaml': 'title: SQL\nletter: E\nsummary: What it is.\n',
  '05-sql/01-orders/index.mdx':
    '---\ntitle: Orders\nshort: orders\nsummary: About it.\nminutes: 5\nteaches: [it]\nstatus: published\n---\n\n# Orders\n',
  '05-sql/01-orders/exercise.yaml': `language: flink-sql
files: [main.sql]
services: [kafka, flink]
tables: tables.sql
topics: { orders: { partitions: 3 }, big-orders: { partitions: 1 } }
inputs: { orders: { generator: web-orders, count: 30, as: topic, live: { count: 40, perSecond: 20 } } }
checks: { stored: Every order is stored }
wrong: {}
hints: [one, two, three]
`,
  '05-sql/01-orders/starter/tables.sql': `CREATE TABLE orders (
  id STRING, customer STRING, status STRING, total_cents BIGINT, placed_at TIMESTAMP(3),
  WATERMARK FOR placed_at AS placed_at - INTERVAL '1' MINUTE
) WITH ('connector' = 'kafka', 'topic' = 'orders', 'format' = 'json', 'scan.startup.mode' = 'earliest-offset',
  'scan.watermark.emit.strategy' = 'on-event');
`,
  '05-sql/01-orders/starter/main.sql': 'SELECT id FROM orders;\n',
  '05-sql/01-orders/solution/main.sql': 'SELECT id FROM orders;\n',
  '05-sql/01-orders/grader.ts': 'export default null;\n',
};
export const SQL_LESSON_ID = 'sql/orders';
/** Orders that lie in the topic before a Run starts, and those that come after. */
export const ORDERS = { settled: 30, later: 40 };
