import { kafka, topics } from './cluster.ts';
import { driverEvents } from './driver-events.ts';

const producer = kafka.producer();
await producer.connect();
try {
  await producer.send({
    topic: topics.driverEvents.name,
    messages: driverEvents.map((event) => ({ key: shiftOf(event.driver), value: JSON.stringify(event) })),
  });
  console.log(`sent ${driverEvents.length} events to ${topics.driverEvents.partitions} partitions`);
} finally {
  await producer.disconnect();
}

function shiftOf(driver: string): string {
  return `shift-${[...driver].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 5}`;
}
