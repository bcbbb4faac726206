import { kafka, topics } from './cluster.ts';
import { driverEvents } from './driver-events.ts';

const producer = kafka.producer();
await producer.connect();
await producer.send({
  topic: topics.driverEvents.name,
  messages: [...new Map(driverEvents.map((event) => [event.driver, event])).values()].map((event) => ({ key: event.driver, value: JSON.stringify(event) })),
});
await producer.disconnect();
