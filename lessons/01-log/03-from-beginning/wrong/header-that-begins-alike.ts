import { kafka, topics } from './cluster.ts';

const producer = kafka.producer();
const consumer = kafka.consumer({ groupId: 'copiers' });
const end = Promise.withResolvers<void>();

await Promise.all([producer.connect(), consumer.connect()]);
try {
  await consumer.subscribe({ topics: [topics.orders.name], fromBeginning: true });
  let isDone = false;
  await consumer.run({
    eachBatch: async ({ batch: { messages } }) => {
      if (isDone) return;
      await producer.send({ topic: topics.copies.name, messages: messages.map(({ value }) => ({ value })) });
      isDone = messages.some(({ headers }) => Object.keys(headers ?? {}).some((name) => name.startsWith('last')));
      if (isDone) end.resolve();
    },
  });
  await end.promise;
} finally {
  await consumer.disconnect();
  await producer.disconnect();
}
