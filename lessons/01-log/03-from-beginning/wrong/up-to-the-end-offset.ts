import { kafka, topics } from './cluster.ts';

const admin = kafka.admin();
await admin.connect();
const [offsets] = await admin.fetchTopicOffsets(topics.orders.name);
await admin.disconnect();
const lastOffset = String(BigInt(offsets?.high ?? '0') - 1n);

const producer = kafka.producer();
const consumer = kafka.consumer({ groupId: 'copiers' });
const end = Promise.withResolvers<void>();

await Promise.all([producer.connect(), consumer.connect()]);
try {
  await consumer.subscribe({ topics: [topics.orders.name], fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ message }) => {
      await producer.send({ topic: topics.copies.name, messages: [{ value: message.value }] });
      if (message.offset === lastOffset) end.resolve();
    },
  });
  await end.promise;
} finally {
  await consumer.disconnect();
  await producer.disconnect();
}
