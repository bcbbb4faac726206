import { kafka, topics } from './cluster.ts';
import { orders } from './orders.ts';

async function encode(order: (typeof orders)[number]): Promise<string> {
  return JSON.stringify(order);
}

const producer = kafka.producer();
await producer.connect();
orders.forEach(async (order) => {
  const message = { key: order.id, value: await encode(order), headers: { source: 'web' } };
  const [answer] = await producer.send({ topic: topics.orders.name, messages: [message] });
  const receipt = { partition: answer?.partition, offset: answer?.baseOffset };
  await producer.send({ topic: topics.receipts.name, messages: [{ key: order.id, value: JSON.stringify(receipt) }] });
});
await producer.disconnect();
