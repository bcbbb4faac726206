import { kafka, topics } from './cluster.ts';
import { driverEvents } from './driver-events.ts';

const producer = kafka.producer();
await producer.connect();
await producer.send({
  topic: topics.driverEvents.name,
  messages: driverEvents.map((event) => ({
    key: event.driver.normalize('NFD').replace(/\p{M}/gu, ''),
    value: JSON.stringify(event),
  })),
});
await producer.disconnect();
