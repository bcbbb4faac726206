import { kafka, topics } from './cluster.ts';
import { orders } from './orders.ts';

const producer = kafka.producer();
await producer.connect();
for (const order of orders) {
  const message = { key: order.id, value: JSON.stringify(order), headers: { source: 'web' } };
  const [answer] = await producer.send({ topic: topics.orders.name, messages: [message] });
  const receipt = JSON.stringify({ partition: answer?.partition, offset: answer?.logAppendTime });
  await producer.send({ topic: topics.receipts.name, messages: [{ key: order.id, value: receipt }] });
}
await producer.disconnect();
