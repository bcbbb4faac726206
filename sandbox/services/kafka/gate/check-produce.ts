import { counted } from '#lessons/counted.ts';
import { inflatedSize } from './inflated-size.ts';
import { type Learner, MOST_RECORDS } from './learner.ts';
import { parseProduce } from './produce-request.ts';
import { batchOf } from './record-batch.ts';
import { Refusal } from './refusal.ts';
import type { RequestHead } from './request-head.ts';

/** What the batches of one request may inflate to, together. A batch of a lesson has less than 1 MB. */
const MOST_INFLATED_BYTES = 16 * 1024 * 1024;

/**
 * Looks through a Produce request as the broker would, but in bounded memory.
 * @returns how it is acknowledged, and its number of records
 * @throws Refusal when it could harm the broker
 */
export async function checkProduce(
  request: Buffer,
  head: RequestHead,
  { inflating, kept }: Pick<Learner, 'inflating' | 'kept'>,
): Promise<{ acks: number; records: number }> {
  const { acks, recordSets } = parseProduce(request, head);
  const batches = recordSets.map(batchOf).filter((batch) => batch !== null);
  const records = batches.reduce((sum, batch) => sum + Math.max(0, batch.records), 0);
  if (records > MOST_RECORDS) throw new Refusal(`a Produce request has ${counted(records, 'record')}, more than ${MOST_RECORDS}`);
  let bytesLeft = MOST_INFLATED_BYTES;
  for (const { compression, producerId, data } of batches) {
    if (producerId !== null) kept.countProducer(producerId);
    if (compression === 0) continue;
    const giveBack = await inflating.take(1);
    try {
      bytesLeft -= await inflatedSize(compression, data, bytesLeft);
    } finally {
      giveBack();
    }
  }
  return { acks, records };
}
