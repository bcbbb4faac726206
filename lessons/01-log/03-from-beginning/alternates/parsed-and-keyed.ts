import { kafka, topics } from './cluster.ts';

interface Order {
  id: string;
}

const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
const consumer = kafka.consumer({ groupId: 'copier', sessionTimeout: 30_000, heartbeatInterval: 3000 });
let isDone = () => {};
const done = new Promise<void>((resolve) => (isDone = resolve));

await producer.connect();
await consumer.connect();
await consumer.subscribe({ topics: [topics.orders.name], fromBeginning: true });
await consumer.run({
  autoCommit: false,
  eachMessage: async ({ topic, partition, message }) => {
    const order = JSON.parse(String(message.value)) as Order;
    await producer.send({
      topic: topics.copies.name,
      messages: [{ key: order.id, value: JSON.stringify(order), ...(message.headers && { headers: message.headers }) }],
    });
    await consumer.commitOffsets([{ topic, partition, offset: String(BigInt(message.offset) + 1n) }]);
    for (const name of Object.keys(message.headers ?? {})) if (name === 'last') isDone();
  },
});
await done;
await consumer.disconnect();
await producer.disconnect();
