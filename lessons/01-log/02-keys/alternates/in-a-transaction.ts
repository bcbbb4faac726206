import { kafka, topics } from './cluster.ts';
import { driverEvents } from './driver-events.ts';

const producer = kafka.producer({ transactionalId: `${topics.driverEvents.name}.fleet`, maxInFlightRequests: 1, idempotent: true });
await producer.connect();
const transaction = await producer.transaction();
for (const event of driverEvents) {
  const message = { key: Buffer.from(event.driver), value: JSON.stringify(event) };
  await transaction.send({ topic: topics.driverEvents.name, messages: [message] });
}
await transaction.commit();
await producer.disconnect();
