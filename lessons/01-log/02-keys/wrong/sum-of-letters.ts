import { kafka, topics } from './cluster.ts';
import { driverEvents } from './driver-events.ts';

const { partitions } = topics.driverEvents;
const partitionOf = (key: string) => [...key].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % partitions;

const producer = kafka.producer();
await producer.connect();
await producer.send({
  topic: topics.driverEvents.name,
  messages: driverEvents.map((event) => ({ key: event.driver, value: JSON.stringify(event), partition: partitionOf(event.driver) })),
});
await producer.disconnect();
