import { kafka, topics } from './cluster.ts';
import { orders } from './orders.ts';

const plain = kafka.producer();
const producer = kafka.producer({ transactionalId: 'receipts', maxInFlightRequests: 1, idempotent: true });
await plain.connect();
await producer.connect();
try {
  const transaction = await producer.transaction();
  for (const order of orders) {
    const message = { key: order.id, value: JSON.stringify(order), headers: { source: 'web' } };
    const [answer] = await plain.send({ topic: topics.orders.name, messages: [message] });
    const receipt = JSON.stringify({ partition: answer?.partition, offset: answer?.baseOffset });
    await transaction.send({ topic: topics.receipts.name, messages: [{ key: order.id, value: receipt }] });
  }
  await transaction.abort();
} finally {
  await producer.disconnect();
  await plain.disconnect();
}
