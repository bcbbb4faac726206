/** The records of a run that the page knows, by topic, partition and offset, and the colour of each key. */
import type { LensRecord } from '#sandbox/protocol/lens.ts';
import { type Identity, identityOf } from './record-label.ts';

/** A record with its arrival time, for the landing animation. */
export interface KnownRecord extends LensRecord {
  arrivedAt: number;
  identity: Identity;
}

const KEY_COLOURS = 6;
/** Most records kept of one partition; beyond it the first that were read go, and are read again when they come into view. */
const MAX_OF_PARTITION = 4_000;
/** Most keys that are told apart by colour and legend. */
const MAX_KEYS = 1_000;

/** Colour 1 to 6 of a key; from the seventh key on, the colours repeat as outlines. */
export interface KeyColour {
  index: number;
  outlined: boolean;
}

interface PartitionRecords {
  byOffset: Map<number, KnownRecord>;
  /** End of what was read of the page that starts at an offset: a place below it that has no record never gets one. */
  pages: Map<number, number>;
}

interface TopicRecords {
  partitions: Map<number, PartitionRecords>;
  keys: Map<string, number>;
  longestKey: number;
  sharedStart: string | null;
  /** What the records known have: a key, the field that stands for one, neither. */
  hasKeys: boolean;
  hasFields: boolean;
  hasUnnamed: boolean;
  changes: number;
}

export class RecordLog {
  readonly #topics = new Map<string, TopicRecords>();
  readonly #colourBy: Readonly<Record<string, string>>;

  /** @param colourBy by topic, the field of the value that stands for the key of a record without one */
  constructor(colourBy: Readonly<Record<string, string>> = {}) {
    this.#colourBy = colourBy;
  }

  /** Returns a log that colours in the same way and has no records. */
  emptied(): RecordLog {
    return new RecordLog(this.#colourBy);
  }

  add(topic: string, records: readonly LensRecord[], now: number): void {
    const known = this.#topic(topic);
    known.changes++;
    for (const record of records) {
      const { byOffset, pages } = partitionOf(known, record.partition);
      const offset = Number(record.offset);
      if (byOffset.has(offset)) continue;
      const identity = identityOf(record, this.#colourBy[topic]);
      byOffset.set(offset, { ...record, arrivedAt: now, identity });
      if (identity === null) known.hasUnnamed = true;
      else noteKey(known, identity);
      if (record.key !== null) known.hasKeys = true;
      else if (identity !== null) known.hasFields = true;
      if (byOffset.size > MAX_OF_PARTITION) {
        const [first = 0] = byOffset.keys();
        byOffset.delete(first);
        pages.clear();
      }
    }
  }

  /** Takes note of places in `[from, to)` that were read, so that those without a record are known to have none. */
  noteRead(topic: string, partition: number, { from, to }: { from: number; to: number }): void {
    const known = this.#topic(topic);
    known.changes++;
    partitionOf(known, partition).pages.set(from, to);
  }

  /** Returns whether it is known what stands at an offset, be it nothing. */
  isKnown(topic: string, partition: number, offset: number): boolean {
    const known = this.#topics.get(topic)?.partitions.get(partition);
    return known !== undefined && (known.byOffset.has(offset) || wasRead(known, offset));
  }

  at(topic: string, partition: number, offset: number): KnownRecord | undefined {
    return this.#topics.get(topic)?.partitions.get(partition)?.byOffset.get(offset);
  }

  count(topic: string): number {
    return this.#partitions(topic).reduce((sum, { byOffset }) => sum + byOffset.size, 0);
  }

  /** Grows with each change of what is known of a topic. */
  changes(topic: string): number {
    return this.#topics.get(topic)?.changes ?? 0;
  }

  /** Returns whether a record has neither a key nor the field that stands for one, so that numbers name it. */
  hasUnnamed(topic: string): boolean {
    return this.#topics.get(topic)?.hasUnnamed ?? false;
  }

  /** Returns every known record of a topic, partition by partition. */
  all(topic: string): KnownRecord[] {
    return this.#partitions(topic).flatMap(({ byOffset }) => [...byOffset.values()]);
  }

  /** Returns the field that stands for the key of a record without one; undefined when the lesson names none. */
  fieldOf(topic: string): string | undefined {
    return this.#colourBy[topic];
  }

  /** Returns by what records are coloured, in words: their key, or the field that stands for it, or both. */
  colouredBy(topic: string): string {
    const { hasKeys = false, hasFields = false } = this.#topics.get(topic) ?? {};
    return [...(hasKeys ? ['key'] : []), ...(hasFields ? [this.#colourBy[topic]] : [])].join(' or ');
  }

  /** Returns the keys of a topic, and the values of the field that stands for one, in the order first seen. */
  keys(topic: string): string[] {
    return [...(this.#topics.get(topic)?.keys.keys() ?? [])];
  }

  colour(topic: string, key: string | null): KeyColour | null {
    const place = key === null ? undefined : this.#topics.get(topic)?.keys.get(key);
    return place === undefined ? null : { index: (place % KEY_COLOURS) + 1, outlined: place >= KEY_COLOURS };
  }

  /** Returns the prefix that all keys of the topic share, left out where a key is shown in a small square; never a whole key. */
  sharedStart(topic: string): string {
    const known = this.#topics.get(topic);
    return known && known.keys.size > 1 ? (known.sharedStart ?? '') : '';
  }

  /** Returns the length of the longest key, without the shared prefix. */
  keyLength(topic: string): number {
    return Math.max(1, (this.#topics.get(topic)?.longestKey ?? 1) - this.sharedStart(topic).length);
  }

  #partitions(topic: string): PartitionRecords[] {
    return [...(this.#topics.get(topic)?.partitions.values() ?? [])];
  }

  #topic(name: string): TopicRecords {
    const known = this.#topics.get(name) ?? {
      ...{ partitions: new Map(), keys: new Map(), longestKey: 1 },
      ...{ sharedStart: null, hasKeys: false, hasFields: false, hasUnnamed: false, changes: 0 },
    };
    this.#topics.set(name, known);
    return known;
  }
}

function partitionOf({ partitions }: TopicRecords, partition: number): PartitionRecords {
  const known = partitions.get(partition) ?? { byOffset: new Map(), pages: new Map() };
  partitions.set(partition, known);
  return known;
}

function wasRead({ pages }: PartitionRecords, offset: number): boolean {
  for (const [from, to] of pages) {
    if (offset >= from && offset < to) return true;
  }
  return false;
}

function noteKey(known: TopicRecords, key: string): void {
  if (known.keys.has(key) || known.keys.size >= MAX_KEYS) return;
  known.keys.set(key, known.keys.size);
  known.longestKey = Math.max(known.longestKey, key.length);
  known.sharedStart = sharedStart(known.sharedStart ?? key, key);
}

/** Returns the common prefix, up to a separator: `order-` for `order-17` and `order-18`. */
function sharedStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length).replace(/[^-_.:/# ]*$/, '');
}
