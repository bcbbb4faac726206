import { kafka, topics } from './cluster.ts';

const producer = kafka.producer();
const consumer = kafka.consumer({ groupId: 'copiers' });
const end = Promise.withResolvers<void>();

await Promise.all([producer.connect(), consumer.connect()]);
try {
  await consumer.subscribe({ topics: [topics.orders.name], fromBeginning: false });
  await consumer.run({
    eachMessage: async ({ message }) => {
      await producer.send({ topic: topics.copies.name, messages: [{ value: message.value }] });
      if (message.headers?.last) end.resolve();
    },
  });
  await end.promise;
} finally {
  await consumer.disconnect();
  await producer.disconnect();
}
