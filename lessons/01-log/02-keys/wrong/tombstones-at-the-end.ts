import { kafka, topics } from './cluster.ts';
import { driverEvents } from './driver-events.ts';

const producer = kafka.producer();
await producer.connect();
const send = (messages: { key: string; value: string | null }[]) => producer.send({ topic: topics.driverEvents.name, messages });
await send(driverEvents.map((event) => ({ key: event.driver, value: JSON.stringify(event) })));
await send([...new Set(driverEvents.map(({ driver }) => driver))].map((key) => ({ key, value: null })));
await producer.disconnect();
