import { kafka, topics } from './cluster.ts';
import { driverEvents } from './driver-events.ts';

const producer = kafka.producer();
await producer.connect();
for (const [index, event] of driverEvents.entries()) {
  if (index > driverEvents.length / 2) break;
  await producer.send({ topic: topics.driverEvents.name, messages: [{ key: event.driver, value: JSON.stringify(event) }] });
}
await producer.disconnect();
