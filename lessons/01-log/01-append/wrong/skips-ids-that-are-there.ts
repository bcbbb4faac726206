import { kafka, topics } from './cluster.ts';
import { orders } from './orders.ts';

const admin = kafka.admin();
await admin.connect();
const [partition] = await admin.fetchTopicOffsets(topics.orders.name);
await admin.disconnect();
const end = BigInt(partition?.high ?? '0');

// Takes an older record for its own: what the topic holds of an id is not sent again.
const places = new Map<string, string>();
if (end > 0n) {
  const consumer = kafka.consumer({ groupId: 'before' });
  await consumer.connect();
  await consumer.subscribe({ topic: topics.orders.name, fromBeginning: true });
  const { promise, resolve } = Promise.withResolvers<void>();
  await consumer.run({
    eachMessage: async ({ message }) => {
      places.set(String(message.key), message.offset);
      if (BigInt(message.offset) + 1n >= end) resolve();
    },
  });
  await promise;
  await consumer.disconnect();
}

const producer = kafka.producer();
await producer.connect();
try {
  for (const order of orders) {
    let offset = places.get(order.id);
    if (offset === undefined) {
      const message = { key: order.id, value: JSON.stringify(order), headers: { source: 'web' } };
      const [answer] = await producer.send({ topic: topics.orders.name, messages: [message] });
      offset = answer?.baseOffset;
    }
    const receipt = JSON.stringify({ partition: 0, offset });
    await producer.send({ topic: topics.receipts.name, messages: [{ key: order.id, value: receipt }] });
  }
} finally {
  await producer.disconnect();
}
