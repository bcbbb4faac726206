import { kafka, topics } from './cluster.ts';

const topic = topics.orders.name;
const admin = kafka.admin();
await admin.connect();
const [start] = await admin.fetchTopicOffsets(topic);
await admin.disconnect();

const producer = kafka.producer();
const consumer = kafka.consumer({ groupId: `copy-${process.pid}` });
await producer.connect();
await consumer.connect();
await consumer.subscribe({ topics: [topic] });
const done = new Promise<void>((resolve) => {
  void consumer.run({
    eachMessage: async ({ message }) => {
      await producer.send({ topic: topics.copies.name, messages: [{ value: message.value }] });
      if (message.headers?.last) resolve();
    },
  });
});
consumer.seek({ topic, partition: 0, offset: start?.low ?? '0' });
await done;
await consumer.disconnect();
await producer.disconnect();
