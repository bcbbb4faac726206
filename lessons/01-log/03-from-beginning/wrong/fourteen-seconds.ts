import { kafka, topics } from './cluster.ts';

const producer = kafka.producer();
const consumer = kafka.consumer({ groupId: 'copiers' });

await Promise.all([producer.connect(), consumer.connect()]);
try {
  await consumer.subscribe({ topics: [topics.orders.name], fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ message }) => {
      await producer.send({ topic: topics.copies.name, messages: [{ value: message.value }] });
    },
  });
  await new Promise((resolve) => setTimeout(resolve, 14_000));
} finally {
  await consumer.disconnect();
  await producer.disconnect();
}
