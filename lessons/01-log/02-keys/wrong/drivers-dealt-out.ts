import { kafka, topics } from './cluster.ts';
import { driverEvents } from './driver-events.ts';

const drivers = [...new Set(driverEvents.map((event) => event.driver))];
const producer = kafka.producer();
await producer.connect();
await producer.send({
  topic: topics.driverEvents.name,
  messages: driverEvents.map((event) => ({ key: event.driver, value: JSON.stringify(event), partition: drivers.indexOf(event.driver) % topics.driverEvents.partitions })),
});
await producer.disconnect();
