import { kafka, topics } from './cluster.ts';

const producer = kafka.producer();
const consumer = kafka.consumer({ groupId: 'copiers' });
await Promise.all([producer.connect(), consumer.connect()]);
await consumer.subscribe({ topics: [topics.orders.name], fromBeginning: true });
await new Promise<void>((resolve) => {
  void consumer.run({
    partitionsConsumedConcurrently: 2,
    eachMessage: async ({ message, pause }) => {
      await producer.send({ topic: topics.copies.name, messages: [message] });
      if (!message.headers?.last) return;
      pause();
      // Not at once: a consumer that is told to leave waits for the handler that it is in.
      setImmediate(() => void consumer.stop().then(() => resolve()));
    },
  });
});
await consumer.disconnect();
await producer.disconnect();
