import { kafka, topics } from './cluster.ts';
import { orders } from './orders.ts';

// Reads its own records back and takes their coordinates from there: others' records among them are told apart by a run's own header.
const run = crypto.randomUUID();
const producer = kafka.producer();
const consumer = kafka.consumer({ groupId: `${topics.orders.name}.reader` });
await Promise.all([producer.connect(), consumer.connect()]);
const messages = orders.map((order) => ({ key: order.id, value: JSON.stringify(order), headers: { source: 'web', run } }));
await producer.send({ topic: topics.orders.name, messages });
const receipts = new Map<string, string>();
const { promise, resolve } = Promise.withResolvers<void>();
await consumer.subscribe({ topic: topics.orders.name, fromBeginning: true });
await consumer.run({
  eachMessage: async ({ partition, message }) => {
    if (String(message.headers?.run) === run) receipts.set(String(message.key), JSON.stringify({ partition, offset: message.offset }));
    if (receipts.size === orders.length) resolve();
  },
});
await promise;
await producer.send({ topic: topics.receipts.name, messages: [...receipts].map(([key, value]) => ({ key, value })) });
await Promise.all([producer.disconnect(), consumer.disconnect()]);
