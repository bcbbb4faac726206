/**
 * One Kafka broker (KRaft, combined roles) with SASL on both listeners and ACLs, tuned for one small machine.
 */
import { join } from 'node:path';
import type { Launch, LaunchSite, ServiceSpec } from '#sandbox/providers/provider.ts';
import { argumentsFile, loggingFile, properties } from './java-files.ts';

export interface KafkaOptions {
  /** The `java` command. */
  java: string;
  /** Folder with Kafka's jars. */
  jars: string;
  /** Super user over SCRAM-SHA-256; the first credential that the log is formatted with. */
  admin: { username: string; password: string };
  /** Password of the controller's own listener, which nothing but the broker itself uses. */
  controllerPassword: string;
}

const CONFIG_FILE = 'server.properties';
const LOGGING_FILE = 'log4j2.properties';
const ARGUMENTS_FILE = 'java.args';
const CLUSTER_ID = 'c3RyZWFtd3JpZ2h0LTAwMQ'; // any 16 bytes as base64: each broker is a cluster of its own

/** The broker as data for a provider. Its main port speaks SASL_PLAINTEXT with SCRAM-SHA-256. */
export function kafkaService(options: KafkaOptions): ServiceSpec {
  const { username, password } = options.admin;
  return {
    name: 'kafka',
    ports: ['broker', 'controller'],
    memoryMb: 300,
    prepare: async (site) => {
      const format = ['format', '--cluster-id', CLUSTER_ID, '--config', join(site.dir, CONFIG_FILE), '--standalone'];
      const credential = ['--add-scram', `SCRAM-SHA-256=[name=${username},password=${password}]`];
      return java(options, site, ['kafka.tools.StorageTool', ...format, ...credential]);
    },
    launch: async (site) => java(options, site, ['kafka.Kafka', join(site.dir, CONFIG_FILE)]),
    readyLogLine: 'Kafka Server started',
    readyTimeoutMs: 60_000,
    // A log that is formatted anew at each start needs no orderly end.
    stopTimeoutMs: 0,
  };
}

function java({ java, jars, ...options }: KafkaOptions, site: LaunchSite, main: readonly string[]): Launch {
  const args = [
    // With a dedupe buffer of 2 MB the heap stays small: 154 MB resident instead of 313.
    ...['-Xms32m', '-Xmx128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:-UsePerfData', '-XX:+ExitOnOutOfMemoryError'],
    `-Dlog4j2.configurationFile=${join(site.dir, LOGGING_FILE)}`,
    ...['-cp', join(jars, '*'), ...main],
  ];
  return {
    // Arguments go by a file: every user of a machine can read a process's command line, and formatting names the password there.
    command: [java, `@${join(site.dir, ARGUMENTS_FILE)}`],
    files: {
      [CONFIG_FILE]: brokerConfig(options, site),
      [LOGGING_FILE]: loggingFile('warn', {
        'logger.ready.name': 'kafka.server.KafkaRaftServer',
        'logger.ready.level': 'info',
      }),
      [ARGUMENTS_FILE]: argumentsFile(args),
    },
  };
}

function brokerConfig(
  { admin, controllerPassword }: Omit<KafkaOptions, 'java' | 'jars'>,
  { dir, ports, host }: LaunchSite,
): string {
  const scram = 'org.apache.kafka.common.security.scram.ScramLoginModule';
  const plain = 'org.apache.kafka.common.security.plain.PlainLoginModule';
  const controller = `${host}:${ports.controller}`;
  return properties({
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.bootstrap.servers': controller,
    listeners: `SASL://${host}:${ports.broker},CONTROLLER://${controller}`,
    'advertised.listeners': `SASL://${host}:${ports.broker}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'CONTROLLER:SASL_PLAINTEXT,SASL:SASL_PLAINTEXT',
    'inter.broker.listener.name': 'SASL',
    'sasl.enabled.mechanisms': 'SCRAM-SHA-256',
    'sasl.mechanism.inter.broker.protocol': 'SCRAM-SHA-256',
    'sasl.mechanism.controller.protocol': 'PLAIN',
    'listener.name.controller.sasl.enabled.mechanisms': 'PLAIN',
    'listener.name.controller.plain.sasl.jaas.config': `${plain} required username="controller" password="${controllerPassword}" user_controller="${controllerPassword}";`,
    'listener.name.sasl.scram-sha-256.sasl.jaas.config': `${scram} required username="${admin.username}" password="${admin.password}";`,
    // Without SASL on the controller's listener every local program could add ACLs as an anonymous super user.
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': `User:controller;User:${admin.username}`,
    'log.dirs': join(dir, 'log'),
    'num.partitions': 1,
    'auto.create.topics.enable': false,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'share.coordinator.state.topic.num.partitions': 1,
    'group.initial.rebalance.delay.ms': 0,
    'group.min.session.timeout.ms': 1000,
    // Recovery after kill -9 in 6 s instead of 14 to 17.
    'broker.session.timeout.ms': 2000,
    'broker.heartbeat.interval.ms': 500,
    'log.cleaner.dedupe.buffer.size': 2_097_152,
    // Users, grants and topics are written one at a time: waiting for more to write together would cost 25 ms each.
    'controller.quorum.append.linger.ms': 0,
    // How much a topic may hold is looked at this often.
    'log.retention.check.interval.ms': 10_000,
    'transactional.id.expiration.ms': 3_600_000,
    'num.network.threads': 2,
    'num.io.threads': 4,
  });
}
