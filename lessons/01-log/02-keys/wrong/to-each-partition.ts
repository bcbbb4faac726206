import { kafka, topics } from './cluster.ts';
import { driverEvents } from './driver-events.ts';

const producer = kafka.producer();
await producer.connect();
for (let partition = 0; partition < topics.driverEvents.partitions; partition++) {
  await producer.send({
    topic: topics.driverEvents.name,
    messages: driverEvents.map((event) => ({ key: event.driver, value: JSON.stringify(event), partition })),
  });
}
await producer.disconnect();
