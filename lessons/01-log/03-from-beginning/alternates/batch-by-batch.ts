import { kafka, topics } from './cluster.ts';

const producer = kafka.producer();
const consumer = kafka.consumer({ groupId: 'batch-copier' });
await producer.connect();
await consumer.connect();
await consumer.subscribe({ topic: topics.orders.name, fromBeginning: true });

const sawTheLast = new Promise<void>((resolve, reject) => {
  consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
  consumer
    .run({
      eachBatch: async ({ batch }) => {
        await producer.send({ topic: topics.copies.name, messages: batch.messages.map(({ value }) => ({ value })) });
        if (batch.messages.some(({ headers }) => headers && 'last' in headers)) resolve();
      },
    })
    .catch(reject);
});

await sawTheLast;
await Promise.all([consumer.disconnect(), producer.disconnect()]);
console.log('copied everything');
