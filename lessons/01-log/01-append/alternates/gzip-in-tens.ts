import { CompressionTypes } from 'kafkajs';
import { kafka, topics } from './cluster.ts';
import { orders } from './orders.ts';

const producer = kafka.producer();
await producer.connect();
for (let start = 0; start < orders.length; start += 10) {
  const ten = orders.slice(start, start + 10);
  const [answer] = await producer.send({
    topic: topics.orders.name,
    compression: CompressionTypes.GZIP,
    messages: ten.map((order) => ({
      key: Buffer.from(order.id),
      value: Buffer.from(JSON.stringify(order)),
      headers: { source: Buffer.from('web'), shop: 'main' },
    })),
  });
  const first = BigInt(answer?.baseOffset ?? 0);
  // The last receipt first: a receipt may stand anywhere.
  const receipts = ten.map((order, index) => ({
    key: order.id,
    value: JSON.stringify({ offset: `${first + BigInt(index)}`, partition: answer?.partition }, null, 2),
  }));
  await producer.send({ topic: topics.receipts.name, messages: receipts.toReversed() });
}
await producer.disconnect();
