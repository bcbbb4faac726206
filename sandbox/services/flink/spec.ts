/**
 * Flink: a cluster and the gated SQL gateway in one JVM.
 */
import { join } from 'node:path';
import type { Launch, LaunchSite, ServiceSpec } from '#sandbox/providers/provider.ts';
import { argumentsFile, loggingFile } from '#sandbox/services/service/java-files.ts';
import { type FlinkSoftware, flink } from './software.ts';

export interface FlinkOptions {
  software: FlinkSoftware;
  /** Without it nobody opens a session. Goes to the JVM by its environment, which no other user can read. */
  key: string;
  heapMb: number;
  slots: number;
}

const LOOPBACK = '127.0.0.1';
const CONFIG_DIR = 'conf';
const TEMPORARY_DIR = 'tmp';
const LOGGING_FILE = 'log4j2.properties';
const ARGUMENTS_FILE = 'java.args';

/** What Flink reaches into by reflection: the list of its own start scripts, less what only an old Java has. */
const OPENED = [
  ...['lang', 'lang.reflect', 'net', 'io', 'nio', 'text', 'time', 'util'].map((name) => `java.${name}`),
  ...['java.util.concurrent', 'java.util.concurrent.atomic', 'java.util.concurrent.locks', 'sun.nio.ch'],
];

/** Flink as data for a provider. Its main port is the SQL gateway's REST, `rest` is Flink's own. */
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
  const temporary = join(site.dir, TEMPORARY_DIR);
  const args = [
    // No end at OutOfMemoryError: one greedy statement fails, and the others go on.
    ...[`-Xmx${heapMb}m`, '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:MaxMetaspaceSize=256m', '-XX:-UsePerfData'],
    ...OPENED.map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`),
    '-Duser.timezone=UTC',
    `-Djava.io.tmpdir=${temporary}`,
    `-Dlog4j2.configurationFile=${join(site.dir, LOGGING_FILE)}`,
    ...['-cp', `${gate}:${join(jars, '*')}`, 'gate.Launcher', join(site.dir, CONFIG_DIR)],
  ];
  return {
    command: [java, `@${join(site.dir, ARGUMENTS_FILE)}`],
    env: { SANDBOX_KEY: key },
    files: {
      [ARGUMENTS_FILE]: argumentsFile(args),
      [join(CONFIG_DIR, 'config.yaml')]: flinkConfig(site, { slots, temporary }),
      // Its warnings and traces would hold learners' statements and records; what went wrong they are told by the gateway.
      [LOGGING_FILE]: loggingFile('error', {
        'logger.gateway.name': 'org.apache.flink.table.gateway',
        'logger.gateway.level': 'off',
      }),
      [join(TEMPORARY_DIR, '.made')]: '',
    },
  };
}

function flinkConfig({ bindHost, ports }: LaunchSite, { slots, temporary }: { slots: number; temporary: string }): string {
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
    'io.tmp.dirs': temporary,
    'web.submit.enable': false,
    // Flink remembers what it says of a job for this long; by default for 3 s.
    'web.refresh-interval': 100,
    // And its numbers by default for 10 s, when the lens shows where the watermark is.
    'metrics.fetcher.update-interval': 200,
    'sql-gateway.endpoint.rest.address': LOOPBACK,
    'sql-gateway.endpoint.rest.bind-address': bindHost,
    'sql-gateway.endpoint.rest.port': ports.gateway,
    'sql-gateway.endpoint.rest.bind-port': ports.gateway,
    // A session that Flink closes by itself would leave its jobs running: the server closes them.
    'sql-gateway.session.idle-timeout': '0 ms',
    // All parts are in one JVM: none can be lost, but all can be late, as after a laptop's sleep.
    'heartbeat.timeout': '1 h',
    'parallelism.default': 1,
    'restart-strategy.type': 'none',
    'table.local-time-zone': 'UTC',
  };
  return Object.entries(entries)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
    .join('');
}
