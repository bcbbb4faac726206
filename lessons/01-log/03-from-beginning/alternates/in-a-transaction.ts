import { kafka, topics } from './cluster.ts';

const producer = kafka.producer({ transactionalId: 'copies', idempotent: true, maxInFlightRequests: 1 });
const consumer = kafka.consumer({ groupId: 'copies' });
const last = Promise.withResolvers<void>();
await producer.connect();
await consumer.connect();
await consumer.subscribe({ topics: [topics.orders.name], fromBeginning: true });
await consumer.run({
  autoCommit: false,
  eachBatchAutoResolve: false,
  eachBatch: async ({ batch, resolveOffset }) => {
    const transaction = await producer.transaction();
    await transaction.send({ topic: topics.copies.name, messages: batch.messages.map(({ value }) => ({ value })) });
    await transaction.sendOffsets({
      consumerGroupId: `${topics.orders.name.split('.')[0]}.copies`,
      topics: [{ topic: batch.topic, partitions: [{ partition: batch.partition, offset: String(BigInt(batch.lastOffset()) + 1n) }] }],
    });
    await transaction.commit();
    for (const { offset } of batch.messages) resolveOffset(offset);
    if (batch.messages.at(-1)?.headers?.last) last.resolve();
  },
});
await last.promise;
await consumer.disconnect();
await producer.disconnect();
