import { createHash } from 'node:crypto';
import { kafka, topics } from './cluster.ts';
import { driverEvents } from './driver-events.ts';

const { partitions } = topics.driverEvents;
const partitionOf = (key: string) => createHash('md5').update(key).digest().readUInt32BE(0) % partitions;

const producer = kafka.producer();
await producer.connect();
await producer.send({
  topic: topics.driverEvents.name,
  messages: driverEvents.map((event) => ({ key: event.driver, value: JSON.stringify(event), partition: partitionOf(event.driver) })),
});
await producer.disconnect();
