import { kafka, topics } from './cluster.ts';

const producer = kafka.producer();
const consumer = kafka.consumer({ groupId: 'copiers' });
const end = Promise.withResolvers<void>();

await Promise.all([producer.connect(), consumer.connect()]);
try {
  await consumer.subscribe({ topics: [topics.orders.name], fromBeginning: true });
  await consumer.run({
    eachBatch: async ({ batch }) => {
      await producer.send({ topic: topics.copies.name, messages: batch.messages.map(({ value }) => ({ value })) });
      if (batch.offsetLag() === '0') end.resolve();
    },
  });
  await end.promise;
} finally {
  await consumer.disconnect();
  await producer.disconnect();
}
