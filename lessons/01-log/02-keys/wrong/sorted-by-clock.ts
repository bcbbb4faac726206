import { kafka, topics } from './cluster.ts';
import { driverEvents } from './driver-events.ts';

const producer = kafka.producer();
await producer.connect();
await producer.send({
  topic: topics.driverEvents.name,
  messages: driverEvents.toSorted((left, right) => left.at.localeCompare(right.at)).map((event) => ({ key: event.driver, value: JSON.stringify(event) })),
});
await producer.disconnect();
