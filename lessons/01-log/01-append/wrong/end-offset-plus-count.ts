import { kafka, topics } from './cluster.ts';
import { orders } from './orders.ts';

const admin = kafka.admin();
await admin.connect();
const [edge] = await admin.fetchTopicOffsets(topics.orders.name);
await admin.disconnect();

const producer = kafka.producer();
await producer.connect();

let n = 0;
for (const order of orders) {
  const [answer] = await producer.send({ topic: topics.orders.name, messages: [{ key: order.id, value: JSON.stringify(order), headers: { source: 'web' } }] });
  await producer.send({ topic: topics.receipts.name, messages: [{ key: order.id, value: JSON.stringify({ partition: 0, offset: String(BigInt(edge?.high ?? 0) + BigInt(n)) }) }] });
  n++;
}

await producer.disconnect();
