import { kafka, topics } from './cluster.ts';
import { orders } from './orders.ts';

const producer = kafka.producer();
await producer.connect();
const messages = orders.map((order) => ({ key: order.id, value: JSON.stringify(order), headers: { source: 'web' } }));
const [batch] = await producer.send({ topic: topics.orders.name, messages });
const receipts = orders.map(({ id }, index) => {
  return { key: id, value: JSON.stringify({ partition: batch?.partition, offset: String(BigInt(batch?.baseOffset ?? 0) + BigInt(index)) }) };
});
await producer.send({ topic: topics.receipts.name, messages: receipts });
await producer.send({ topic: topics.orders.name, messages: messages.map((message) => ({ ...message, value: '{}' })) });
await producer.disconnect();
