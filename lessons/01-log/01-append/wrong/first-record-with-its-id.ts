import { kafka, topics } from './cluster.ts';
import { orders } from './orders.ts';

const producer = kafka.producer();
const consumer = kafka.consumer({ groupId: 'reader' });
await Promise.all([producer.connect(), consumer.connect()]);
const messages = orders.map((order) => ({ key: order.id, value: JSON.stringify(order), headers: { source: 'web' } }));
await producer.send({ topic: topics.orders.name, messages });

// Reads from the beginning, and takes the first record with an order's id for its own.
const ids = new Set(orders.map(({ id }) => id));
const receipts = new Map<string, string>();
const { promise, resolve } = Promise.withResolvers<void>();
await consumer.subscribe({ topic: topics.orders.name, fromBeginning: true });
await consumer.run({
  eachMessage: async ({ partition, message }) => {
    const id = String(message.key);
    if (ids.has(id) && !receipts.has(id)) receipts.set(id, JSON.stringify({ partition, offset: message.offset }));
    if (receipts.size === ids.size) resolve();
  },
});
await promise;
await producer.send({ topic: topics.receipts.name, messages: [...receipts].map(([key, value]) => ({ key, value })) });
await Promise.all([producer.disconnect(), consumer.disconnect()]);
