import { logLevel } from 'kafkajs';
import { kafka, topics } from './cluster.ts';
import { driverEvents } from './driver-events.ts';

kafka.logger().setLogLevel(logLevel.NOTHING);
const producer = kafka.producer();
await producer.connect();
for (let first = 0; first < driverEvents.length; first += 50) {
  const messages = driverEvents.slice(first, first + 50).map((event) => ({ key: event.driver, value: JSON.stringify(event) }));
  await producer.send({ topic: topics.driverEvents.name, messages });
}
await producer.disconnect();
