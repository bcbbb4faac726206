/**
 * A broker that has done once what learners ask of it: users, topics, producing, reading.
 */
import { AOT_CACHE } from '#sandbox/services/kafka/software.ts';
import { startTrainingBroker } from './training-broker.ts';

console.log('streamwright: starting the broker once, so that later starts take half the time ...');
await using broker = await startTrainingBroker(AOT_CACHE);
const { kafka, tenancy } = broker;
const tenant = await tenancy.create();
const [topic] = await tenancy.createTopics(tenant, 1, [{ logical: 'orders', partitions: 3 }]);
if (!topic) throw new Error('no topic was made');
await kafka.produce(
  topic.name,
  Array.from({ length: 1000 }, (_, index) => ({ key: String(index), value: `order ${index}` })),
);
await kafka.readAll(topic.name);
await tenancy.remove(tenant);
