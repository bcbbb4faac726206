import { kafka, topics } from './cluster.ts';

const producer = kafka.producer();
const consumer = kafka.consumer({ groupId: 'copiers' });
const end = Promise.withResolvers<void>();

await Promise.all([producer.connect(), consumer.connect()]);
try {
  await consumer.subscribe({ topics: [topics.orders.name], fromBeginning: true });
  const keys: (Buffer | null)[] = [];
  await consumer.run({
    eachMessage: async ({ message }) => {
      keys.push(message.key);
      await producer.send({ topic: topics.copies.name, messages: [{ key: message.key, value: message.value }] });
      if (message.headers?.last) end.resolve();
    },
  });
  await end.promise;
  await producer.send({ topic: topics.copies.name, messages: keys.map((key) => ({ key, value: null })) });
} finally {
  await consumer.disconnect();
  await producer.disconnect();
}
