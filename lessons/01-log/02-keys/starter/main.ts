import { kafka, topics } from './cluster.ts';
import { driverEvents } from './driver-events.ts';

const producer = kafka.producer();
await producer.connect();
try {
  await producer.send({
    topic: topics.driverEvents.name,
    messages: driverEvents.map((event) => ({ value: JSON.stringify(event) })),
  });
  console.log(`sent ${driverEvents.length} events to ${topics.driverEvents.partitions} partitions`);
} finally {
  await producer.disconnect();
}
