import type { GraderBroker } from '#sandbox/grading/kit/broker.ts';
import { isKafkaError, type KafkaClient } from '#sandbox/services/kafka/client/connect.ts';
import type { GradeRequest } from './ipc.ts';
import type { Parent } from './parent.ts';

interface BrokerParts {
  parent: Parent;
  client: Pick<KafkaClient, 'leaders'>;
  request: Pick<GradeRequest, 'topics' | 'brokers'>;
}

/** The brokers of the exercise's own Kafka, as graders see them. */
export function createGraderBroker({ parent, client, request: { topics, brokers } }: BrokerParts): GraderBroker {
  const partitionsOf = (logical: string) => {
    const topic = topics.find((one) => one.logical === logical);
    if (!topic) throw new Error(`the exercise has no topic '${logical}'`);
    return client.leaders(topic.name).catch((error: unknown) => {
      if (isKafkaError(error, 'UNKNOWN_TOPIC_OR_PARTITION')) return [];
      throw error;
    });
  };
  return {
    count: brokers,
    kill: (broker) => parent.changeBroker('kill-broker', broker),
    start: (broker) => parent.changeBroker('start-broker', broker),
    partitions: partitionsOf,
  };
}
