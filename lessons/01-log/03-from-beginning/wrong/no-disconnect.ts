import { kafka, topics } from './cluster.ts';

const producer = kafka.producer();
const consumer = kafka.consumer({ groupId: 'copiers' });
await producer.connect();
await consumer.connect();
await consumer.subscribe({ topics: [topics.orders.name], fromBeginning: true });
await consumer.run({
  eachMessage: async ({ message }) => {
    await producer.send({ topic: topics.copies.name, messages: [{ value: message.value }] });
    if (message.headers?.last) console.log('that was the last one');
  },
});
