/**
 * Describes Flink as a service: a cluster and the gated SQL gateway in one JVM.
 */
import { join } from 'node:path';
import { argumentsFile, JAVA_ENVIRONMENT } from '#sandbox/host/jvm.ts';
import type { Launch, LaunchSite, ServiceSpec } from '#sandbox/providers/provider.ts';
import { classPath, loggingFile } from '#sandbox/services/service/java-files.ts';
import { type FlinkSoftware, flink } from './software.ts';

export interface FlinkOptions {
  software: FlinkSoftware;
  /** Required to open a session. The JVM gets it through its environment, which no other user can read. */
  key: string;
  heapMb: number;
  slots: number;
}

const LOOPBACK = '127.0.0.1';
const CONFIG_DIR = 'conf';
const TEMPORARY_DIR = 'tmp';
const LOGGING_FILE = 'log4j2.properties';
const ARGUMENTS_FILE = 'java.args';

/** What Flink accesses by reflection: the list in its own start scripts, without what only an old Java has. */
const OPENED = [
  ...['lang', 'lang.reflect', 'net', 'io', 'nio', 'text', 'time', 'util'].map((name) => `java.${name}`),
  ...['java.util.concurrent', 'java.util.concurrent.atomic', 'java.util.concurrent.locks', 'sun.nio.ch'],
];

/** Returns Flink as data for a provider. Its main port is the SQL gateway's REST, `rest` is Flink's own. */
export function flinkService(options: FlinkOptions): ServiceSpec {
  return {
    name: 'flink',
    software: flink,
    ports: ['gateway', 'rest'],
    memoryMb: 768,
    launch: async (site) => launch(options, site),
    ready: { log: 'Flink SQL is ready' },
    readyTimeoutMs: 90_000,
    // It holds nothing that an orderly end would save.
    stopTimeoutMs: 0,
  };
}

function launch({ software, key, heapMb, slots }: FlinkOptions, site: LaunchSite): Launch {
  const { java, jars, gate } = software;
  const args = [
    // The JVM does not exit on OutOfMemoryError: one greedy statement fails, and the rest continue.
    ...[`-Xmx${heapMb}m`, '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:MaxMetaspaceSize=256m', '-XX:-UsePerfData'],
    ...OPENED.map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`),
    '-Duser.timezone=UTC',
    `-Djava.io.tmpdir=${join(site.dir, TEMPORARY_DIR)}`,
    `-Dlog4j2.configurationFile=${LOGGING_FILE}`,
    ...['-cp', classPath(site.dir, [gate, join(jars, '*')]), 'gate.Launcher', CONFIG_DIR],
  ];
  return {
    command: [java, `@${join(site.dir, ARGUMENTS_FILE)}`],
    env: { ...JAVA_ENVIRONMENT, SANDBOX_KEY: key },
    files: {
      [ARGUMENTS_FILE]: argumentsFile(args),
      [join(CONFIG_DIR, 'config.yaml')]: flinkConfig(site, slots),
      // Its warnings and traces would hold learners' statements and records; the gateway reports errors to the learners.
      [LOGGING_FILE]: loggingFile('error', {
        'logger.gateway.name': 'org.apache.flink.table.gateway',
        'logger.gateway.level': 'off',
      }),
      [join(TEMPORARY_DIR, '.made')]: '',
    },
  };
}

function flinkConfig({ bindHost, ports }: LaunchSite, slots: number): string {
  const entries = {
    'rest.address': LOOPBACK,
    'rest.bind-address': bindHost,
    'rest.port': ports.rest,
    'rest.bind-port': ports.rest,
    'jobmanager.rpc.address': LOOPBACK,
    'jobmanager.bind-host': LOOPBACK,
    'taskmanager.host': LOOPBACK,
    'taskmanager.bind-host': LOOPBACK,
    'taskmanager.numberOfTaskSlots': slots,
    // As seen from its folder, for Flink splits paths at commas and colons.
    'io.tmp.dirs': TEMPORARY_DIR,
    'web.submit.enable': false,
    // Flink caches what it reports about a job for this long; the default is 3 s.
    'web.refresh-interval': 100,
    // It caches metrics for this long, from which the lens shows the watermark; the default is 10 s.
    'metrics.fetcher.update-interval': 200,
    'sql-gateway.endpoint.rest.address': LOOPBACK,
    'sql-gateway.endpoint.rest.bind-address': bindHost,
    'sql-gateway.endpoint.rest.port': ports.gateway,
    'sql-gateway.endpoint.rest.bind-port': ports.gateway,
    // A session that Flink closes automatically would leave its jobs running: the server closes them.
    'sql-gateway.session.idle-timeout': '0 ms',
    // All parts are in one JVM: none can be lost, but all can be late, for example after a laptop's sleep.
    'heartbeat.timeout': '1 h',
    'parallelism.default': 1,
    'restart-strategy.type': 'none',
    'table.local-time-zone': 'UTC',
  };
  return Object.entries(entries)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
    .join('');
}
