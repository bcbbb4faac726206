import { EventEmitter } from 'node:events';
import type { ServerEvent } from '#sandbox/protocol/event.ts';

/** An event with its id and the bytes that go on the wire. */
export interface RingEntry {
  id: number;
  event: ServerEvent;
  frame: string;
}

/**
 * The latest events of one learner, as server-sent event frames. Ids grow by one and never restart within one `epoch`, so a client that
 * reconnects with the last id it saw gets exactly what it missed, or learns that some of it no longer exists.
 */
export class EventRing extends EventEmitter<{ entry: [RingEntry] }> {
  readonly #epoch: string;
  readonly #maxBytes: number;
  readonly #entries: RingEntry[] = [];
  #bytes = 0;
  #nextId = 1;

  constructor({ epoch, maxBytes }: { epoch: string; maxBytes: number }) {
    super();
    this.setMaxListeners(0);
    this.#epoch = epoch;
    this.#maxBytes = maxBytes;
  }

  push(event: ServerEvent): void {
    const id = this.#nextId++;
    const entry = { id, event, frame: this.#frame(id, event) };
    this.#entries.push(entry);
    this.#bytes += entry.frame.length;
    while (this.#bytes > this.#maxBytes) this.#bytes -= this.#entries.shift()?.frame.length ?? this.#bytes;
    this.emit('entry', entry);
  }

  /** Returns the events after that id; null when some no longer exist or the id is of an earlier start of the server. */
  after(lastEventId: string | undefined): readonly RingEntry[] | null {
    if (lastEventId === undefined) return [];
    const [epoch, number] = lastEventId.split('.');
    const id = Number(number);
    const oldest = this.#nextId - this.#entries.length;
    if (epoch !== this.#epoch || !Number.isInteger(id) || id >= this.#nextId || id + 1 < oldest) return null;
    return this.#entries.slice(id + 1 - oldest);
  }

  /** Returns a frame that tells the client to read everything again, with the newest id. */
  reloadFrame(): string {
    return this.#frame(this.#nextId - 1, { type: 'reload' });
  }

  #frame(id: number, event: ServerEvent): string {
    return `id: ${this.#epoch}.${id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
  }
}
