/**
 * Finds the records in a Produce request.
 *
 * @see https://kafka.apache.org/protocol#The_Messages_Produce
 */
import { FieldReader } from './field-reader.ts';
import { Refusal } from './refusal.ts';
import { HEAD_BYTES, type RequestHead } from './request-head.ts';

export interface ProduceRequest {
  /** 0: the broker does not answer it. */
  acks: number;
  /** What is for each partition, as it stands in the request. */
  recordSets: Buffer[];
}

const FIRST_VERSION = 3; // Kafka 4 knows no earlier one
const LAST_VERSION = 13;
const FIRST_FLEXIBLE_VERSION = 9;
const FIRST_VERSION_WITH_TOPIC_IDS = 13;
/** Topics and partitions together. Reading them takes the time of others. */
const MOST_PLACES = 2000;
const CORRELATION_ID_BYTES = 4;
const UUID_BYTES = 16;
const TIMEOUT_BYTES = 4;
const PARTITION_INDEX_BYTES = 4;

/**
 * @param request with its length in front
 * @throws Refusal when it cannot be read to its end
 */
export function parseProduce(request: Buffer, { apiVersion }: Pick<RequestHead, 'apiVersion'>): ProduceRequest {
  if (apiVersion < FIRST_VERSION || apiVersion > LAST_VERSION) {
    throw new Refusal(`a Produce request has version ${apiVersion}, not ${FIRST_VERSION} to ${LAST_VERSION}`);
  }
  const fields = new FieldReader(request, HEAD_BYTES + CORRELATION_ID_BYTES);
  const isFlexible = apiVersion >= FIRST_FLEXIBLE_VERSION;
  const text = () => void fields.take(isFlexible ? fields.varint() - 1 : fields.int16());
  const count = () => (isFlexible ? fields.varint() - 1 : fields.int32());
  const tags = () => {
    for (let left = isFlexible ? fields.varint() : 0; left > 0; left--) {
      fields.varint();
      fields.skip(fields.varint());
    }
  };
  let places = 0;
  const countPlace = () => {
    places += 1;
    if (places > MOST_PLACES) throw new Refusal(`a Produce request names more than ${MOST_PLACES} topics and partitions`);
  };
  fields.take(fields.int16()); // client id, which is the same in all versions
  tags();
  text(); // transactional id
  const acks = fields.int16();
  fields.skip(TIMEOUT_BYTES);
  const recordSets: Buffer[] = [];
  for (let topics = count(); topics > 0; topics--) {
    countPlace();
    if (apiVersion >= FIRST_VERSION_WITH_TOPIC_IDS) fields.skip(UUID_BYTES);
    else text();
    for (let partitions = count(); partitions > 0; partitions--) {
      countPlace();
      fields.skip(PARTITION_INDEX_BYTES);
      recordSets.push(fields.take(isFlexible ? fields.varint() - 1 : fields.int32()));
      tags();
    }
    tags();
  }
  return { acks, recordSets };
}
