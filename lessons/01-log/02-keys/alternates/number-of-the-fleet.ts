import { kafka, topics } from './cluster.ts';
import { driverEvents } from './driver-events.ts';

// The key is the driver's number in the fleet, in four bytes, as Kafka's IntegerSerializer writes it: 200, 201, ...
const drivers = [...new Set(driverEvents.map(({ driver }) => driver))];
const keyOf = (driver: string) => {
  const key = Buffer.alloc(4);
  key.writeInt32BE(200 + drivers.indexOf(driver));
  return key;
};
const producer = kafka.producer();
await producer.connect();
await producer.send({
  topic: topics.driverEvents.name,
  messages: driverEvents.map((event) => ({ key: keyOf(event.driver), value: JSON.stringify(event) })),
});
await producer.disconnect();
