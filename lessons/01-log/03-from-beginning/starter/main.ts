import { kafka, topics } from './cluster.ts';

const producer = kafka.producer();
const consumer = kafka.consumer({ groupId: 'copiers' });
await Promise.all([producer.connect(), consumer.connect()]);
await consumer.subscribe({ topics: [topics.orders.name] });

let copied = 0;
await consumer.run({
  eachMessage: async ({ message }) => {
    await producer.send({ topic: topics.copies.name, messages: [{ value: message.value }] });
    copied += 1;
    console.log(`offset ${message.offset}: ${copied} copied`, Object.keys(message.headers ?? {}));
  },
});

await new Promise((resolve) => setTimeout(resolve, 3000));
await consumer.disconnect();
await producer.disconnect();
