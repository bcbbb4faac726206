import { kafka, topics } from './cluster.ts';
import { orders } from './orders.ts';

// The orders one after the other, and their receipts meanwhile: several sends are under way, and all are awaited.
const producer = kafka.producer();
await producer.connect();
const receipts: Promise<unknown>[] = [];
for (const order of orders) {
  const message = { key: order.id, value: JSON.stringify(order), headers: { source: 'web' } };
  const [answer] = await producer.send({ topic: topics.orders.name, messages: [message] });
  const value = JSON.stringify({ partition: answer?.partition, offset: answer?.baseOffset });
  receipts.push(producer.send({ topic: topics.receipts.name, messages: [{ key: order.id, value }] }));
}
await Promise.all(receipts);
await producer.disconnect();
