import { kafka, topics } from './cluster.ts';
import { orders } from './orders.ts';

const producer = kafka.producer();
await producer.connect();

for (const order of orders) {
  const [answer] = await producer.send({ topic: topics.orders.name, messages: [{ key: order.id, value: JSON.stringify({ ...order, note: order.note || null }), headers: { source: 'web' } }] });
  await producer.send({ topic: topics.receipts.name, messages: [{ key: order.id, value: JSON.stringify({ partition: answer?.partition, offset: answer?.baseOffset }) }] });
}

await producer.disconnect();
