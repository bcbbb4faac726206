/**
 * A Kafka broker (KRaft, combined roles) with SASL on every listener and ACLs, tuned for one small machine: single, or part of a cluster.
 */
import { join } from 'node:path';
import { argumentsFile, JAVA_ENVIRONMENT } from '#sandbox/host/jvm.ts';
import type { Endpoint, Gate, Launch, LaunchSite, ServiceSpec } from '#sandbox/providers/provider.ts';
import { classPath, loggingFile, properties } from '#sandbox/services/service/java-files.ts';
import { type KafkaSoftware, kafka } from './software.ts';

export interface KafkaOptions {
  software: KafkaSoftware;
  /** Super user over SCRAM-SHA-256; the first credential in the formatted log. */
  admin: { username: string; password: string };
  /** Password of the controller's own listener, which only the broker itself uses. */
  controllerPassword: string;
  /** What programs reach it through; left out where they are those of one learner, who can harm only that learner's own broker. */
  gate?: Gate;
  /** Its place in a cluster; left out for a single broker. */
  node?: KafkaNode | undefined;
}

export interface KafkaNode {
  /** From 1. */
  id: number;
  /** Number of nodes in the cluster. */
  of: number;
  /** Controller of node 1, by which the other nodes join, as they reach it; left out for node 1. */
  first?: Endpoint | undefined;
}

const MB = 1024 * 1024;
const LOOPBACK = '127.0.0.1';
const CONFIG_FILE = 'server.properties';
const LOGGING_FILE = 'log4j2.properties';
const ARGUMENTS_FILE = 'java.args';
/** Separate from the broker's: a provider may write the files of both before either starts. */
const FORMAT_ARGUMENTS_FILE = 'format.args';
const INSIDE_PORT = 9092;
const INSIDE_CONTROLLER_PORT = 9093;
const CLUSTER_ID = 'c3RyZWFtd3JpZ2h0LTAwMQ'; // any 16 bytes as base64: brokers are separate clusters

/** Returns the broker as data for a provider. Its main port speaks SASL_PLAINTEXT with SCRAM-SHA-256. */
export function kafkaService(options: KafkaOptions): ServiceSpec {
  const { node } = options;
  return {
    ...(node ? nodeOfSeveral(node) : ALONE),
    software: kafka,
    ...(options.gate && { gate: options.gate }),
    prepare: async (site) => {
      const format = ['format', '--cluster-id', CLUSTER_ID, '--config', CONFIG_FILE];
      return java(options, site, {
        main: ['kafka.tools.StorageTool', ...format, ...firstRecords(options)],
        file: FORMAT_ARGUMENTS_FILE,
      });
    },
    launch: async (site) => java(options, site, { main: ['kafka.Kafka', CONFIG_FILE], file: ARGUMENTS_FILE }),
    ready: { log: 'Kafka Server started' },
    readyTimeoutMs: 60_000,
    // A log that is formatted anew at each start needs no orderly end.
    stopTimeoutMs: 0,
  };
}

const ALONE = {
  name: 'kafka',
  ports: ['broker'],
  ownPorts: ['controller'],
  insidePorts: { broker: INSIDE_PORT },
  memoryMb: 300,
};

function nodeOfSeveral({ id }: KafkaNode) {
  const insidePorts = { broker: INSIDE_PORT, controller: INSIDE_CONTROLLER_PORT };
  return { name: id === 1 ? ALONE.name : `${ALONE.name}-${id}`, ports: ['broker', 'controller'], insidePorts, memoryMb: 200 };
}

/** Returns the first records of a log; the later nodes of a cluster get theirs from the first one when they join it. */
function firstRecords({ admin: { username, password }, node }: KafkaOptions): string[] {
  if (node?.first) return ['--no-initial-controllers'];
  return ['--standalone', '--add-scram', `SCRAM-SHA-256=[name=${username},password=${password}]`];
}

interface JavaCommand {
  main: readonly string[];
  /** File for its arguments. */
  file: string;
}

function java({ software, ...options }: KafkaOptions, site: LaunchSite, { main, file }: JavaCommand): Launch {
  const args = [
    ...(software.aotCache ? [`-XX:AOTCache=${software.aotCache}`] : []),
    // With a dedupe buffer of 2 MB the heap stays small: 154 MB resident instead of 313.
    ...[
      '-Xms32m',
      options.node ? '-Xmx96m' : '-Xmx128m',
      '-XX:+UseSerialGC',
      '-XX:TieredStopAtLevel=1',
      '-XX:-UsePerfData',
      '-XX:+ExitOnOutOfMemoryError',
    ],
    `-Dlog4j2.configurationFile=${LOGGING_FILE}`,
    ...['-cp', classPath(site.dir, [join(software.jars, '*')]), ...main],
  ];
  return {
    // Arguments come in a file: every user of a machine can read a process's command line, and formatting names the password.
    command: [software.java, `@${join(site.dir, file)}`],
    env: JAVA_ENVIRONMENT,
    files: {
      [CONFIG_FILE]: brokerConfig(options, site),
      [LOGGING_FILE]: loggingFile('warn', {
        'logger.ready.name': 'kafka.server.KafkaRaftServer',
        'logger.ready.level': 'info',
      }),
      [file]: argumentsFile(args),
    },
  };
}

function brokerConfig({ admin, controllerPassword, node }: Omit<KafkaOptions, 'software'>, site: LaunchSite): string {
  const scram = 'org.apache.kafka.common.security.scram.ScramLoginModule';
  const plain = 'org.apache.kafka.common.security.plain.PlainLoginModule';
  const replicas = node?.of ?? 1;
  const credential = `${scram} required username="${admin.username}" password="${admin.password}";`;
  return properties({
    'process.roles': 'broker,controller',
    'node.id': node?.id ?? 1,
    ...listenersOf(site, node),
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'CONTROLLER:SASL_PLAINTEXT,SASL:SASL_PLAINTEXT,INSIDE:SASL_PLAINTEXT',
    'sasl.enabled.mechanisms': 'SCRAM-SHA-256',
    'sasl.mechanism.inter.broker.protocol': 'SCRAM-SHA-256',
    'sasl.mechanism.controller.protocol': 'PLAIN',
    'listener.name.controller.sasl.enabled.mechanisms': 'PLAIN',
    'listener.name.controller.plain.sasl.jaas.config': `${plain} required username="controller" password="${controllerPassword}" user_controller="${controllerPassword}";`,
    'listener.name.sasl.scram-sha-256.sasl.jaas.config': credential,
    'listener.name.inside.scram-sha-256.sasl.jaas.config': credential,
    // Without SASL on the controller's listener every local program could add ACLs as an anonymous super user.
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': `User:controller;User:${admin.username}`,
    // As seen from its folder, for Kafka takes a comma in a path as the end of one.
    'log.dirs': 'log',
    'num.partitions': 1,
    'auto.create.topics.enable': false,
    'default.replication.factor': replicas,
    'offsets.topic.replication.factor': replicas,
    'offsets.topic.num.partitions': 1,
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': Math.min(2, replicas),
    'transaction.state.log.num.partitions': 1,
    'share.coordinator.state.topic.replication.factor': replicas,
    'share.coordinator.state.topic.min.isr': Math.min(2, replicas),
    'share.coordinator.state.topic.num.partitions': 1,
    'group.initial.rebalance.delay.ms': 0,
    'group.min.session.timeout.ms': 1000,
    // Recovery after kill -9 in 6 s instead of 14 to 17.
    'broker.session.timeout.ms': 2000,
    'broker.heartbeat.interval.ms': 500,
    'log.cleaner.dedupe.buffer.size': 2_097_152,
    // Users, grants and topics are written one at a time: waiting for more to write together would cost 25 ms each.
    'controller.quorum.append.linger.ms': 0,
    // The broker checks the size of topics this often.
    'log.retention.check.interval.ms': 1000,
    // What stands here bounds single requests and names; what a learner sends altogether, the gate bounds.
    'socket.request.max.bytes': 3 * MB,
    'queued.max.request.bytes': 16 * MB,
    // A request is read into memory before its sender is known.
    'sasl.server.max.receive.size': 16 * 1024,
    'offset.metadata.max.bytes': 1024,
    'group.max.size': 100,
    'group.consumer.max.size': 100,
    // A member that its program left behind is kept for so long.
    'group.max.session.timeout.ms': 60_000,
    'offsets.retention.minutes': 60,
    'producer.id.expiration.ms': 600_000,
    'transactional.id.expiration.ms': 3_600_000,
    'num.network.threads': node ? 1 : 2,
    'num.io.threads': node ? 2 : 4,
    ...(node ? QUORUM : {}),
  });
}

/** Writing resumes 2 to 3 s after the leader was killed, instead of 9 s. */
const QUORUM = {
  'controller.quorum.auto.join.enable': true,
  'controller.quorum.election.timeout.ms': 500,
  'controller.quorum.election.backoff.max.ms': 500,
  'controller.quorum.fetch.timeout.ms': 1000,
  'replica.lag.time.max.ms': 2000,
};

/** The controller of a single broker listens on loopback; those of a cluster reach each other where their brokers do. */
function listenersOf({ ports, host, bindHost, inside }: LaunchSite, node: KafkaNode | undefined): Record<string, string> {
  const between = node && inside;
  const controllerPort = between ? inside.ports.controller : ports.controller;
  const controller = `${between ? inside.host : LOOPBACK}:${controllerPort}`;
  const listeners = [`SASL://${bindHost}:${ports.broker}`, `CONTROLLER://${between ? bindHost : LOOPBACK}:${controllerPort}`];
  const advertised = [`SASL://${host}:${ports.broker}`, ...(node ? [`CONTROLLER://${controller}`] : [])];
  if (inside) {
    listeners.push(`INSIDE://${bindHost}:${inside.ports.broker}`);
    advertised.push(`INSIDE://${inside.host}:${inside.ports.broker}`);
  }
  return {
    'controller.quorum.bootstrap.servers': node?.first ? `${node.first.host}:${node.first.port}` : controller,
    listeners: listeners.join(),
    'advertised.listeners': advertised.join(),
    'inter.broker.listener.name': between ? 'INSIDE' : 'SASL',
  };
}
