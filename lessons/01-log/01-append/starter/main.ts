import { kafka, topics } from './cluster.ts';
import { orders } from './orders.ts';

const producer = kafka.producer();
await producer.connect();
try {
  for (const order of orders.slice(0, 1)) {
    const answer = await producer.send({
      topic: topics.orders.name,
      messages: [{ value: order.customer }],
    });
    console.log('sent', order.id, 'and the broker answered', answer);
  }
} finally {
  await producer.disconnect();
}
