import { kafka, topics } from './cluster.ts';
import { driverEvents } from './driver-events.ts';

async function encode(event: (typeof driverEvents)[number]): Promise<string> {
  return JSON.stringify(event);
}

const producer = kafka.producer();
await producer.connect();
driverEvents.forEach(async (event) => {
  const value = await encode(event);
  await producer.send({ topic: topics.driverEvents.name, messages: [{ key: event.driver, value }] });
});
await producer.disconnect();
