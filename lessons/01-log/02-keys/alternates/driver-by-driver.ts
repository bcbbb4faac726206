import { kafka, topics } from './cluster.ts';
import { driverEvents } from './driver-events.ts';

// Drivers need not be in order among each other: one batch for each of them.
const producer = kafka.producer();
await producer.connect();
await producer.sendBatch({
  topicMessages: [...Map.groupBy(driverEvents, (event) => event.driver)].map(([driver, events]) => ({
    topic: topics.driverEvents.name,
    messages: events.map((event) => ({ key: Buffer.from(driver), value: Buffer.from(JSON.stringify(event)) })),
  })),
});
await producer.disconnect();
