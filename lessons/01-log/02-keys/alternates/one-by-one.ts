import { kafka, topics } from './cluster.ts';
import { driverEvents } from './driver-events.ts';

const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
await producer.connect();
for (const event of driverEvents) {
  await producer.send({
    topic: topics.driverEvents.name,
    messages: [{ key: event.driver, value: JSON.stringify(event), headers: { type: event.type } }],
  });
}
await producer.disconnect();
