import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { ServerEvent } from '#sandbox/protocol/event.ts';
import { EventRing } from './ring.ts';

/** Hands each learner's events to the learner's open streams, and keeps the latest for those that come back. */
export interface EventBus {
  publish(learnerId: string, event: ServerEvent): void;
  ring(learnerId: string): EventRing;
  /** Remembers an open stream, so that it is ended when the server stops. @returns how many the learner has open */
  add(learnerId: string, stream: ServerResponse): number;
  /** Ends every stream; clients come back by themselves. */
  close(): void;
}

const RING_BYTES = 512 * 1024;

/** @param epoch differs with each start of the server */
export function createEventBus(epoch: string): EventBus {
  const rings = new Map<string, EventRing>();
  const streams = new Map<string, Set<ServerResponse>>();

  const ring = (learnerId: string) => {
    const known = rings.get(learnerId) ?? new EventRing({ epoch, maxBytes: RING_BYTES });
    rings.set(learnerId, known);
    return known;
  };

  return {
    ring,
    publish: (learnerId, event) => ring(learnerId).push(event),
    add(learnerId, stream) {
      const open = streams.get(learnerId) ?? new Set();
      streams.set(learnerId, open.add(stream));
      once(stream, 'close').then(() => open.delete(stream));
      return open.size;
    },
    close() {
      for (const open of streams.values()) for (const stream of open) stream.end();
    },
  };
}
