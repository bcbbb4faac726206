/**
 * What a broker keeps in memory because a request named it: a member's metadata, a group, a transactional id, a producer id. It keeps them
 * for minutes after the program has ended, and has no limit for how many there are.
 */
import { FieldReader } from './field-reader.ts';
import { Refusal } from './refusal.ts';
import { HEAD_BYTES, type RequestHead } from './request-head.ts';

const OFFSET_COMMIT = 8;
const JOIN_GROUP = 11;
const SYNC_GROUP = 14;
const INIT_PRODUCER_ID = 22;
const CONSUMER_GROUP_HEARTBEAT = 68;
const SHARE_GROUP_HEARTBEAT = 76;
const STREAMS_GROUP_HEARTBEAT = 88;

interface Naming {
  /** Version from which its texts are compact. */
  flexibleFrom: number;
  /** Whether the broker keeps what else it brings. */
  keepsAll: boolean;
}

/** Requests whose first field is a name that the broker keeps. */
const NAMING = new Map<number, Naming>([
  [OFFSET_COMMIT, { flexibleFrom: 8, keepsAll: false }],
  [JOIN_GROUP, { flexibleFrom: 6, keepsAll: true }],
  [SYNC_GROUP, { flexibleFrom: 4, keepsAll: true }],
  [INIT_PRODUCER_ID, { flexibleFrom: 2, keepsAll: false }],
  [CONSUMER_GROUP_HEARTBEAT, { flexibleFrom: 0, keepsAll: false }],
  [SHARE_GROUP_HEARTBEAT, { flexibleFrom: 0, keepsAll: false }],
  [STREAMS_GROUP_HEARTBEAT, { flexibleFrom: 0, keepsAll: true }],
]);

const CORRELATION_ID_BYTES = 4;
/** About what a group without members takes. */
const NAME_BYTES = 2048;
/** Of one program: 500 names, or 3000 times that a consumer joins its group. */
const MOST_BYTES = 1024 * 1024;

/** Counts what the requests of one learner make the broker keep. */
export class Kept {
  readonly #names = new Set<string>();
  #bytes = 0;

  /** @throws Refusal when it has become too much */
  countRequest(request: Buffer, { apiKey, apiVersion }: RequestHead): void {
    const naming = NAMING.get(apiKey);
    if (!naming) return;
    const fields = new FieldReader(request, HEAD_BYTES + CORRELATION_ID_BYTES);
    fields.take(fields.int16()); // client id
    const isFlexible = apiVersion >= naming.flexibleFrom;
    for (let tags = isFlexible ? fields.varint() : 0; tags > 0; tags--) {
      fields.varint();
      fields.skip(fields.varint());
    }
    const name = fields.take(isFlexible ? fields.varint() - 1 : fields.int16());
    if (name.length > 0)
      this.#countName(`${apiKey === INIT_PRODUCER_ID ? 'transactional id' : 'group'} ${name.toString('latin1')}`);
    if (naming.keepsAll) this.#count(request.length);
  }

  /** @throws Refusal when it has become too much */
  countProducer(id: bigint): void {
    this.#countName(`producer ${id}`);
  }

  #countName(name: string): void {
    if (this.#names.has(name)) return;
    this.#names.add(name);
    this.#count(NAME_BYTES);
  }

  #count(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > MOST_BYTES) throw new Refusal('one program uses too many groups, members, transactional ids and producers');
  }
}
