import { setTimeout as sleep } from 'node:timers/promises';
import { kafka, topics } from './cluster.ts';

const producer = kafka.producer();
const consumer = kafka.consumer({ groupId: 'polite', maxWaitTimeInMs: 1000 });
let finished = false;

async function main() {
  await producer.connect();
  await consumer.connect();
  await consumer.subscribe({ topics: [topics.orders.name], fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ message: { value, headers } }) => {
      await producer.send({ topic: topics.copies.name, messages: [{ value: value?.toString() ?? null }] });
      finished ||= headers?.last?.toString() === 'true';
    },
  });
  while (!finished) await sleep(1000);
}

await main().finally(() => Promise.all([consumer.disconnect(), producer.disconnect()]));
process.exit(0);
