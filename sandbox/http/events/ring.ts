import { EventEmitter } from 'node:events';
import type { ServerEvent } from '#sandbox/protocol/event.ts';
import { type EventTopic, topicOf } from './topics.ts';

/** An event with its id, what it is about, and the text that goes on the wire. */
export interface RingEntry {
  id: number;
  topic: EventTopic;
  frame: string;
}

export interface RingOptions {
  /** Differs with each start of the server. */
  epoch: string;
  maxBytes: number;
  /** Of the first event. */
  firstId?: number;
  /** Called with how many bytes more, or fewer, it holds than before. */
  onGrowth?: (bytes: number) => void;
}

/** Of an entry besides its text. */
const ENTRY_BYTES = 200;

/**
 * The latest events of one learner, as server-sent event frames. Ids grow by one and never restart within one `epoch`, so a client that
 * reconnects with the last id it saw gets exactly what it missed, or learns that some of it no longer exists.
 */
export class EventRing extends EventEmitter<{ entry: [RingEntry] }> {
  readonly #options: RingOptions;
  readonly #entries: RingEntry[] = [];
  #bytes = 0;
  #nextId: number;

  constructor(options: RingOptions) {
    super();
    this.setMaxListeners(0);
    this.#options = options;
    this.#nextId = options.firstId ?? 1;
  }

  /** Upper bound of the memory that its entries take. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Greater than that of every event so far. */
  get nextId(): number {
    return this.#nextId;
  }

  push(event: ServerEvent): void {
    const id = this.#nextId++;
    const entry = { id, topic: topicOf(event), frame: this.#frame(id, event) };
    const before = this.#bytes;
    this.#entries.push(entry);
    this.#bytes += bytesOf(entry);
    while (this.#bytes > this.#options.maxBytes) {
      const oldest = this.#entries.shift();
      this.#bytes -= oldest ? bytesOf(oldest) : this.#bytes;
    }
    this.emit('entry', entry);
    this.#options.onGrowth?.(this.#bytes - before);
  }

  /** Forgets every event; clients that missed one are told so. */
  clear(): void {
    this.#entries.length = 0;
    this.#options.onGrowth?.(-this.#bytes);
    this.#bytes = 0;
  }

  /** Returns the events after that id; null when some no longer exist or the id is of an earlier start of the server. */
  after(lastEventId: string | undefined): readonly RingEntry[] | null {
    if (lastEventId === undefined) return [];
    const [epoch, number] = lastEventId.split('.');
    const id = Number(number);
    const oldest = this.#nextId - this.#entries.length;
    if (epoch !== this.#options.epoch || !Number.isInteger(id) || id >= this.#nextId || id + 1 < oldest) return null;
    return this.#entries.slice(id + 1 - oldest);
  }

  /** Returns a frame that tells the client to read everything again, with the newest id. */
  reloadFrame(): string {
    return this.#frame(this.#nextId - 1, { type: 'reload' });
  }

  #frame(id: number, event: ServerEvent): string {
    return `id: ${this.#options.epoch}.${id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
  }
}

/** A character takes two bytes as soon as one of the text is beyond Latin-1. */
function bytesOf({ frame }: RingEntry): number {
  return ENTRY_BYTES + 2 * frame.length;
}
