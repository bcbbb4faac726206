import { kafka, topics } from './cluster.ts';
import { driverEvents } from './driver-events.ts';

const { partitions } = topics.driverEvents;
const partitionOf = (key: string) => Math.abs([...key].reduce((hash, letter) => (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0, 0)) % partitions;

const producer = kafka.producer();
await producer.connect();
await producer.send({
  topic: topics.driverEvents.name,
  messages: driverEvents.map((event) => ({ key: event.driver, value: JSON.stringify(event), partition: partitionOf(event.driver) })),
});
await producer.disconnect();
