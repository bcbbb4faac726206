// The timestamp is the time of the order: a record's time is the client's to choose.
import { kafka, topics } from './cluster.ts';
import { orders } from './orders.ts';

const producer = kafka.producer();
await producer.connect();
for (const order of orders) {
  const timestamp = String(Date.parse(order.placedAt));
  const message = { timestamp, key: order.id, value: JSON.stringify(order), headers: { source: 'web' } };
  const [answer] = await producer.send({ topic: topics.orders.name, messages: [message] });
  const receipt = JSON.stringify({ partition: answer?.partition, offset: answer?.baseOffset });
  await producer.send({ topic: topics.receipts.name, messages: [{ timestamp, key: order.id, value: receipt }] });
}
await producer.disconnect();
