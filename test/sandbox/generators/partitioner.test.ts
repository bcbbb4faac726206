import { compatibilityPartitioner } from '@platformatic/kafka';
import { Partitioners } from 'kafkajs';
import { expect, test } from 'vitest';
import { defaultPartition } from '#sandbox/generators/partitioner.ts';
import { createRandom } from '#sandbox/generators/random.ts';

const random = createRandom(1, 'keys');
const keys = Array.from({ length: 500 }, () =>
  Array.from({ length: random.int(0, 14) }, () => random.pick([...'abcdefgxyz0123456789-/ éß中🚲'])).join(''),
);

test("a key goes where kafkajs and the server's client put it, for 1 to 12 partitions", () => {
  const kafkajs = Partitioners.DefaultPartitioner();
  for (const key of keys.filter((one) => one !== '')) {
    for (let partitions = 1; partitions <= 12; partitions++) {
      const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({ partitionId, leader: 1 }));
      const expected = kafkajs({ topic: 't', partitionMetadata: partitionMetadata as never, message: { key, value: null } });
      expect(defaultPartition(key, partitions), `${key} of ${partitions}`).toBe(expected);
      const bytes = Buffer.from(key);
      expect(compatibilityPartitioner({ topic: 't', key: bytes, value: bytes }, bytes) % partitions).toBe(expected);
    }
  }
});

test("the published test vectors of Kafka's murmur2 hold", async () => {
  const { murmur2 } = await import('#sandbox/generators/partitioner.ts');
  // kafka: clients/src/test/java/org/apache/kafka/common/utils/UtilsTest.java
  const vectors = { '21': -973932308, foobar: -790332482, 'a-little-bit-long-string': -985981536, abc: 479470107 };
  for (const [text, hash] of Object.entries(vectors)) expect(murmur2(Buffer.from(text)) | 0, text).toBe(hash);
});
