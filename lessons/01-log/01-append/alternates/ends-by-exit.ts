import { kafka, topics } from './cluster.ts';
import { orders } from './orders.ts';

const producer = kafka.producer();
await producer.connect();
const messages = orders.map((order) => ({ key: order.id, value: JSON.stringify(order), headers: { source: 'web' } }));
const [answer] = await producer.send({ topic: topics.orders.name, messages });
const receipts = orders.map(({ id }, index) => {
  const offset = String(BigInt(answer?.baseOffset ?? '0') + BigInt(index));
  return { key: id, value: JSON.stringify({ partition: answer?.partition, offset }) };
});
await producer.send({ topic: topics.receipts.name, messages: receipts });
// Everything is acknowledged: nothing is lost by leaving the connection to Node's end.
process.exit(0);
