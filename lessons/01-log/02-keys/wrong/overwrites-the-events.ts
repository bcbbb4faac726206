import { kafka, topics } from './cluster.ts';
import { driverEvents } from './driver-events.ts';

const producer = kafka.producer();
await producer.connect();
const send = (messages: { key: string; value: string }[]) => producer.send({ topic: topics.driverEvents.name, messages });
await send(driverEvents.map((event) => ({ key: event.driver, value: JSON.stringify(event) })));
await send(driverEvents.map((event) => ({ key: event.driver, value: JSON.stringify({ ...event, type: 'cancelled' }) })));
await producer.disconnect();
