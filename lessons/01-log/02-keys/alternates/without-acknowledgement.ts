import { kafka, topics } from './cluster.ts';
import { driverEvents } from './driver-events.ts';

const producer = kafka.producer();
await producer.connect();
for (const event of driverEvents) {
  await producer.send({
    topic: topics.driverEvents.name,
    acks: 0,
    messages: [{ key: event.driver, value: JSON.stringify(event) }],
  });
}
await producer.disconnect();
