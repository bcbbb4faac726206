import { kafka, topics } from './cluster.ts';
import { orders } from './orders.ts';

const producer = kafka.producer();
await producer.connect();
const seen = new Set<string>();
for (const { id, ...rest } of orders) {
  if (seen.has(JSON.stringify(rest))) continue;
  seen.add(JSON.stringify(rest));
  const message = { key: id, value: JSON.stringify({ id, ...rest }), headers: { source: 'web' } };
  const [answer] = await producer.send({ topic: topics.orders.name, messages: [message] });
  const receipt = JSON.stringify({ partition: answer?.partition, offset: answer?.baseOffset });
  await producer.send({ topic: topics.receipts.name, messages: [{ key: id, value: receipt }] });
}
await producer.disconnect();
