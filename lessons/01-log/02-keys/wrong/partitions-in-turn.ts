import { kafka, topics } from './cluster.ts';
import { driverEvents } from './driver-events.ts';

const producer = kafka.producer();
await producer.connect();
await producer.send({
  topic: topics.driverEvents.name,
  messages: driverEvents.map((event, index) => ({ key: event.driver, value: JSON.stringify(event), partition: index % topics.driverEvents.partitions })),
});
await producer.disconnect();
