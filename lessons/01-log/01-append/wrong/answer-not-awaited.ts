import { kafka, topics } from './cluster.ts';
import { orders } from './orders.ts';

const producer = kafka.producer();
await producer.connect();
for (const order of orders) {
  const message = { key: order.id, value: JSON.stringify(order), headers: { source: 'web' } };
  const answer = producer.send({ topic: topics.orders.name, messages: [message] });
  const [first] = [answer].flat() as unknown as { partition: number; baseOffset: string }[];
  const receipt = { partition: first?.partition, offset: first?.baseOffset };
  await answer;
  await producer.send({ topic: topics.receipts.name, messages: [{ key: order.id, value: JSON.stringify(receipt) }] });
}
await producer.disconnect();
