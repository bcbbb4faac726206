import { kafka, topics } from './cluster.ts';
import { orders } from './orders.ts';

const producer = kafka.producer();
await producer.connect();
for (const order of orders) {
  const answer = await producer.send({
    topic: topics.orders.name,
    acks: 0,
    messages: [{ key: order.id, value: JSON.stringify(order), headers: { source: 'web' } }],
  });
  const receipt = { partition: answer?.[0]?.partition ?? 0, offset: answer?.[0]?.baseOffset ?? '-1' };
  await producer.send({ topic: topics.receipts.name, messages: [{ key: order.id, value: JSON.stringify(receipt) }] });
}
await producer.disconnect();
