import { kafka, topics } from './cluster.ts';

/** Reads the whole topic into memory, then writes it in one request. */
async function readAll(): Promise<(Buffer | null)[]> {
  const values: (Buffer | null)[] = [];
  const consumer = kafka.consumer({ groupId: 'collector' });
  await consumer.connect();
  await consumer.subscribe({ topics: [topics.orders.name], fromBeginning: true });
  await new Promise<void>((resolve) => {
    void consumer.run({
      eachMessage: async ({ message }) => {
        values.push(message.value);
        if (message.headers?.last !== undefined) resolve();
      },
    });
  });
  await consumer.disconnect();
  return values;
}

const values = await readAll();
const producer = kafka.producer();
await producer.connect();
await producer.send({ topic: topics.copies.name, messages: values.map((value) => ({ value })) });
await producer.disconnect();
