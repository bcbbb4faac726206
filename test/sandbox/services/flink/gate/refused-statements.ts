/**
 * Statements that the gate must refuse for their kind, setting or text.
 */
export type Refused = readonly [code: string, statement: string, message?: RegExp];

const notAllowed = (...statements: string[]): Refused[] => statements.map((statement) => ['statement_not_allowed', statement]);
const badSetting = (...statements: string[]): Refused[] => statements.map((statement) => ['option_not_allowed', statement]);

/** Plans in files: read, written, explained. */
export const PLANS: Refused[] = [
  ...notAllowed(
    `COMPILE PLAN '/tmp/plan.json' FOR INSERT INTO hole SELECT id, s FROM gen`,
    `COMPILE AND EXECUTE PLAN '/tmp/plan.json' FOR INSERT INTO hole SELECT id, s FROM gen`,
    `EXECUTE PLAN '/etc/passwd'`,
  ),
  ['invalid_sql', `EXPLAIN COMPILE PLAN '/tmp/plan.json' FOR INSERT INTO hole SELECT id, s FROM gen`],
];

export const CODE: Refused[] = notAllowed(
  `ADD JAR '/tmp/evil.jar'`,
  `REMOVE JAR '/tmp/evil.jar'`,
  'SHOW JARS',
  `CREATE FUNCTION f AS 'java.lang.Runtime'`,
  `CREATE TEMPORARY SYSTEM FUNCTION f AS 'java.lang.Runtime' LANGUAGE JAVA`,
  `CREATE TEMPORARY FUNCTION f AS 'evil.f' LANGUAGE PYTHON`,
  `CREATE FUNCTION f AS 'evil.F' LANGUAGE JAVA USING JAR '/tmp/evil.jar'`,
  `ALTER FUNCTION f AS 'evil.F'`,
  'DROP FUNCTION IF EXISTS f',
  'DROP TEMPORARY SYSTEM FUNCTION IF EXISTS f',
  `LOAD MODULE hive WITH ('hive-version'='3.1.3')`,
  'UNLOAD MODULE core',
  'UNLOAD MODULE gate',
  'USE MODULES core',
);

export const SETTINGS: Refused[] = [
  ...badSetting(
    `SET 'parallelism.default'='1000'`,
    `SET 'execution.target'='remote'`,
    `SET 'rest.address'='evil'`,
    `SET 'rest.port'='1'`,
    `SET 'pipeline.jars'='file:///tmp/evil.jar'`,
    `SET 'pipeline.classpaths'='file:///tmp/'`,
    `SET 'execution.attached'='true'`,
    `SET 'table.sql-dialect'='hive'`,
    `SET 'TABLE.LOCAL-TIME-ZONE'='UTC'`,
    `SET 'state.checkpoints.dir'='file:///tmp'`,
    `SET 'execution.savepoint.path'='file:///etc'`,
    `SET 'restart-strategy.type'='fixed-delay'`,
    `SET 'python.executable'='/bin/sh'`,
    `SET 'sql-gateway.session.idle-timeout'='0'`,
    `SET 'table.exec.resource.default-parallelism'='1000'`,
    `SET 'sandbox.prefix'='other.'`,
    `SET 'sql-client.execution.result-mode'='tableau'`,
    `RESET 'rest.address'`,
    `RESET 'sandbox.prefix'`,
  ),
  ['statement_not_allowed', 'SET', /key and a value/],
];

/** Other tenants' jobs, catalogs, models and other kinds that no lesson needs. */
export const KINDS: Refused[] = notAllowed(
  'SHOW JOBS',
  `DESCRIBE JOB '00000000000000000000000000000000'`,
  `STOP JOB '00000000000000000000000000000000'`,
  `STOP JOB '00000000000000000000000000000000' WITH SAVEPOINT`,
  `CREATE CATALOG c WITH ('type'='generic_in_memory')`,
  `ALTER CATALOG default_catalog SET ('a'='b')`,
  'DROP CATALOG default_catalog',
  'DESCRIBE CATALOG default_catalog',
  'SHOW CREATE CATALOG default_catalog',
  'USE CATALOG default_catalog',
  'CREATE DATABASE d',
  'DROP DATABASE default_database',
  `ALTER DATABASE default_database SET ('a'='b')`,
  `CREATE MODEL m INPUT (a STRING) OUTPUT (b STRING) WITH ('provider'='openai', 'endpoint'='http://127.0.0.1:1')`,
  'DROP MODEL IF EXISTS m',
  'SHOW PROCEDURES',
  'SHOW MODULES',
  'SHOW FULL MODULES',
  'SHOW PARTITIONS orders',
  'ANALYZE TABLE orders COMPUTE STATISTICS',
  'TRUNCATE TABLE orders',
  `CREATE OR REPLACE TABLE orders WITH (${"'connector'='datagen'"}) AS SELECT 1 AS a`,
  `CREATE MATERIALIZED TABLE mt FRESHNESS = INTERVAL '1' MINUTE AS SELECT id FROM orders`,
  'HELP',
  'CLEAR',
  'QUIT',
);
