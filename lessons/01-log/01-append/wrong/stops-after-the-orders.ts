import { kafka, topics } from './cluster.ts';
import { orders } from './orders.ts';

const producer = kafka.producer();
await producer.connect();
const messages = orders.map((order) => ({ key: order.id, value: JSON.stringify(order), headers: { source: 'web' } }));
await producer.send({ topic: topics.orders.name, messages });
process.exit(0);
