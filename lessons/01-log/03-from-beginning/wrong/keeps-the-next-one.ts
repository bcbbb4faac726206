import { kafka, topics } from './cluster.ts';

const producer = kafka.producer();
const consumer = kafka.consumer({ groupId: 'copiers' });
const end = Promise.withResolvers<void>();
let waiting: Buffer | null = null;

await Promise.all([producer.connect(), consumer.connect()]);
await consumer.subscribe({ topics: [topics.orders.name], fromBeginning: true });
await consumer.run({
  eachMessage: async ({ message }) => {
    if (waiting) await producer.send({ topic: topics.copies.name, messages: [{ value: waiting }] });
    waiting = message.value;
    if (message.headers?.['last']) end.resolve();
  },
});
await end.promise;
await consumer.disconnect();
await producer.disconnect();
