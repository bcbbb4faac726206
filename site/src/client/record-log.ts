/** The records of a run that the page knows, by topic, partition and offset, and the colour of each key. */
import type { LensRecord } from '#sandbox/protocol/lens.ts';

/** A record with its arrival time, for the landing animation. */
export interface KnownRecord extends LensRecord {
  arrivedAt: number;
}

const KEY_COLOURS = 6;

/** Colour 1 to 6 of a key; from the seventh key on, the colours repeat as outlines. */
export interface KeyColour {
  index: number;
  outlined: boolean;
}

interface TopicRecords {
  partitions: Map<number, Map<number, KnownRecord>>;
  keys: Map<string, number>;
  longestKey: number;
  sharedStart: string | null;
}

export class RecordLog {
  readonly #topics = new Map<string, TopicRecords>();

  add(topic: string, records: readonly LensRecord[], now: number): void {
    const known = this.#topic(topic);
    for (const record of records) {
      const partition = known.partitions.get(record.partition) ?? new Map<number, KnownRecord>();
      known.partitions.set(record.partition, partition);
      const offset = Number(record.offset);
      if (partition.has(offset)) continue;
      partition.set(offset, { ...record, arrivedAt: now });
      if (record.key !== null) noteKey(known, record.key);
    }
  }

  at(topic: string, partition: number, offset: number): KnownRecord | undefined {
    return this.#topics.get(topic)?.partitions.get(partition)?.get(offset);
  }

  count(topic: string): number {
    return [...(this.#topics.get(topic)?.partitions.values() ?? [])].reduce((sum, records) => sum + records.size, 0);
  }

  /** Returns every known record of a topic, partition by partition. */
  all(topic: string): KnownRecord[] {
    return [...(this.#topics.get(topic)?.partitions.values() ?? [])].flatMap((records) => [...records.values()]);
  }

  /** Returns the keys of a topic in the order first seen. */
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

  /** Returns the records with this key in time order, for the line that shows overtaking. */
  withKey(topic: string, key: string): KnownRecord[] {
    const partitions = [...(this.#topics.get(topic)?.partitions.values() ?? [])];
    return partitions
      .flatMap((records) => [...records.values()].filter((record) => record.key === key))
      .sort((a, b) => a.timestampMs - b.timestampMs || a.arrivedAt - b.arrivedAt || Number(a.offset) - Number(b.offset));
  }

  #topic(name: string): TopicRecords {
    const known = this.#topics.get(name) ?? { partitions: new Map(), keys: new Map(), longestKey: 1, sharedStart: null };
    this.#topics.set(name, known);
    return known;
  }
}

function noteKey(known: TopicRecords, key: string): void {
  if (known.keys.has(key)) return;
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
