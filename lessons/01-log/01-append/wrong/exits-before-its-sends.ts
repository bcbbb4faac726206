import { kafka, topics } from './cluster.ts';
import { orders } from './orders.ts';

const producer = kafka.producer();
await producer.connect();
for (const order of orders) {
  void producer.send({
    topic: topics.orders.name,
    messages: [{ key: order.id, value: JSON.stringify(order), headers: { source: 'web' } }],
  });
}
console.log(`sent ${orders.length} orders`);
process.exit(0);
