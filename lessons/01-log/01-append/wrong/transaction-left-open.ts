import { kafka, topics } from './cluster.ts';
import { orders } from './orders.ts';

const producer = kafka.producer({ transactionalId: 'orders', maxInFlightRequests: 1, idempotent: true });
await producer.connect();
const transaction = await producer.transaction();
try {
  for (const order of orders) {
    const message = { key: order.id, value: JSON.stringify(order), headers: { source: 'web' } };
    const [answer] = await transaction.send({ topic: topics.orders.name, messages: [message] });
    const receipt = JSON.stringify({ partition: answer?.partition, offset: answer?.baseOffset });
    await transaction.send({ topic: topics.receipts.name, messages: [{ key: order.id, value: receipt }] });
  }
} finally {
  await producer.disconnect();
}
