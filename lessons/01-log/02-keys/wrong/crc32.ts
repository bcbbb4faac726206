import { crc32 } from 'node:zlib';
import { kafka, topics } from './cluster.ts';
import { driverEvents } from './driver-events.ts';

const { name, partitions } = topics.driverEvents;
const producer = kafka.producer();
await producer.connect();
await producer.send({
  topic: name,
  messages: driverEvents.map((event) => ({ key: event.driver, value: JSON.stringify(event), partition: crc32(event.driver) % partitions })),
});
await producer.disconnect();
