import { CompressionTypes } from 'kafkajs';
import { kafka, topics } from './cluster.ts';
import { driverEvents } from './driver-events.ts';

const producer = kafka.producer();
await producer.connect();
const messages = driverEvents.map((event) => ({ key: `drivers/${event.driver}`, value: JSON.stringify(event, null, 1) }));
while (messages.length > 0) {
  await producer.send({ topic: topics.driverEvents.name, messages: messages.splice(0, 25), compression: CompressionTypes.GZIP });
}
await producer.disconnect();
