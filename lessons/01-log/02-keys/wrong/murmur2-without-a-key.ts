import { kafka, topics } from './cluster.ts';
import { driverEvents } from './driver-events.ts';

const producer = kafka.producer();
await producer.connect();
await producer.send({
  topic: topics.driverEvents.name,
  messages: driverEvents.map((event) => ({ value: JSON.stringify(event), partition: (murmur2(event.driver) & 0x7fffffff) % topics.driverEvents.partitions })),
});
await producer.disconnect();

function murmur2(key: string): number {
  const data = Buffer.from(key);
  let h = 0x9747b28c ^ data.length;
  const words = data.length >> 2;
  for (let i = 0; i < words; i++) {
    let k = Math.imul(data.readInt32LE(i * 4), 0x5bd1e995);
    k = Math.imul(k ^ (k >>> 24), 0x5bd1e995);
    h = Math.imul(h, 0x5bd1e995) ^ k;
  }
  const rest = data.subarray(words * 4);
  if (rest.length > 0) {
    for (const [i, byte] of rest.entries()) h ^= byte << (8 * i);
    h = Math.imul(h, 0x5bd1e995);
  }
  h = Math.imul(h ^ (h >>> 13), 0x5bd1e995);
  return h ^ (h >>> 15);
}
