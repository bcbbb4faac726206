import { camelCase } from './camel-case.ts';

/**
 * Returns the text of an exercise's `cluster.ts`: the connection that learners import. It depends only on the topics' names; address and
 * credential come through the environment.
 *
 * @param topics logical names in the order of the exercise
 */
export function clusterFile(topics: readonly string[]): string {
  const names = topics.map((topic) => `  ${camelCase(topic)}: cluster.topics.${camelCase(topic)},`).join('\n');
  const type = topics.map((topic) => `${camelCase(topic)}: Topic`).join('; ');
  return TEMPLATE.replace('TOPIC_TYPE', () => type).replace('  TOPIC_NAMES', () => names);
}

const TEMPLATE = `// Your connection to Kafka, ready to import. You cannot change this file; nothing in it is hidden from you.
import net from 'node:net';
import { type AdminConfig, type ConsumerConfig, Kafka, logLevel, Partitioners, type ProducerConfig } from 'kafkajs';

interface Topic {
  /** Its name on the broker. */
  name: string;
  partitions: number;
}

interface Broker {
  host: string;
  port: number;
  socketPath?: string;
}

interface Cluster extends Broker {
  /** More brokers, where the exercise has several. */
  others?: Broker[];
  principal: string;
  password: string;
  prefix: string;
  timeLimitMs?: number;
  topics: { TOPIC_TYPE };
}

const cluster: Cluster = JSON.parse(process.env.STREAMWRIGHT_CLUSTER ?? '{}');

/** The topics of this exercise. */
export const topics = {
  TOPIC_NAMES
};

// A second before your program's time is over, it tells what keeps it from ending.
const connections = new Set<net.Socket>();
const tellWhatIsOpen = () => {
  const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  console.error(\`still open: connections to Kafka \${connections.size}, timers \${timers}\`);
};
if (cluster.timeLimitMs) setTimeout(tellWhatIsOpen, cluster.timeLimitMs - 1000).unref();

const brokers = [cluster, ...(cluster.others ?? [])];
const CONNECTION_TIMEOUT_MS = 3000;

const client = new Kafka({
  clientId: 'exercise',
  brokers: brokers.map(({ host, port }) => \`\${host}:\${port}\`),
  sasl: { mechanism: 'scram-sha-256', username: cluster.principal, password: cluster.password },
  // A program without network reaches only the broker, through a Unix socket.
  socketFactory: ({ host, port, onConnect }) => {
    const path = brokers.find((broker) => broker.host === host && broker.port === port)?.socketPath;
    const socket = net.connect(path ? { path } : { host, port }, onConnect);
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
    // kafkajs has given up by then. A broker that died does not refuse:
    // the attempt would continue, and keep your program from ending.
    setTimeout(() => socket.connecting && socket.destroy(), CONNECTION_TIMEOUT_MS).unref();
    return socket;
  },
  connectionTimeout: CONNECTION_TIMEOUT_MS,
  requestTimeout: 10_000,
  // When one of several brokers dies, another takes over within seconds: kafkajs retries until then.
  retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: brokers.length > 1 ? 20 : 5 },
  logLevel: logLevel.ERROR,
  logCreator: () => (entry) => console.error(\`kafkajs: \${entry.log.message} \${entry.log.error ?? ''}\`),
});

// You share the broker with other learners: your groups and transactions have your own prefix.
const own = (id: string) => (id.startsWith(cluster.prefix) ? id : cluster.prefix + id);

/** A kafkajs client that is logged in, with settings for a nearby broker. */
export const kafka = {
  logger: () => client.logger(),
  producer: (config: ProducerConfig = {}) =>
    client.producer({
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
      transactionTimeout: 5000,
      ...config,
      ...(config.transactionalId ? { transactionalId: own(config.transactionalId) } : {}),
    }),
  consumer: (config: ConsumerConfig) =>
    client.consumer({
      allowAutoTopicCreation: false,
      sessionTimeout: 6000,
      rebalanceTimeout: 6000,
      heartbeatInterval: 500,
      maxWaitTimeInMs: 100,
      ...config,
      groupId: own(config.groupId),
    }),
  admin: (config?: AdminConfig) => {
    const admin = client.admin(config);
    const inGroup =
      <Options extends { groupId: string }, Result>(call: (options: Options) => Result) =>
      (options: Options) =>
        call({ ...options, groupId: own(options.groupId) });
    return {
      ...admin,
      fetchOffsets: inGroup(admin.fetchOffsets),
      setOffsets: inGroup(admin.setOffsets),
      resetOffsets: inGroup(admin.resetOffsets),
      describeGroups: (groups: string[]) => admin.describeGroups(groups.map(own)),
      deleteGroups: (groups: string[]) => admin.deleteGroups(groups.map(own)),
    };
  },
};
`;
