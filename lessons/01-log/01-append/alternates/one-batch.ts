import { kafka, topics } from './cluster.ts';
import { orders } from './orders.ts';

const producer = kafka.producer({ idempotent: true });
await producer.connect();
const messages = orders.map((order) => ({ key: order.id, value: JSON.stringify(order), headers: { source: 'web' } }));
const [batch] = await producer.send({ topic: topics.orders.name, messages });
await producer.send({
  topic: topics.receipts.name,
  messages: orders.map(({ id }, index) => {
    const offset = BigInt(batch?.baseOffset ?? 0) + BigInt(index);
    return { key: id, value: JSON.stringify({ partition: batch?.partition, offset: offset.toString() }) };
  }),
});
await producer.disconnect();
