// Drops an event whose driver is still in the zone of the one before.
import { kafka, topics } from './cluster.ts';
import { driverEvents } from './driver-events.ts';

const producer = kafka.producer();
await producer.connect();
const zones = new Map<string, string>();
for (const event of driverEvents) {
  if (zones.get(event.driver) === event.zone) continue;
  zones.set(event.driver, event.zone);
  await producer.send({ topic: topics.driverEvents.name, messages: [{ key: event.driver, value: JSON.stringify(event) }] });
}
await producer.disconnect();
