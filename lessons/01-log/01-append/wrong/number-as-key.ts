import { kafka, topics } from './cluster.ts';
import { orders } from './orders.ts';

const producer = kafka.producer();
await producer.connect();
for (const [index, order] of orders.entries()) {
  const [answer] = await producer.send({
    topic: topics.orders.name,
    messages: [{ key: index as never, value: JSON.stringify(order), headers: { source: 'web' } }],
  });
  await producer.send({
    topic: topics.receipts.name,
    messages: [{ key: order.id, value: JSON.stringify({ partition: answer?.partition, offset: answer?.baseOffset }) }],
  });
}
await producer.disconnect();
