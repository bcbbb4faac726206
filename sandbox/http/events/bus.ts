import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { ServerEvent } from '#sandbox/protocol/event.ts';
import { EventRing } from './ring.ts';

/** Sends each learner's events to the learner's open streams, and keeps the latest for those that reconnect. */
export interface EventBus {
  publish(learnerId: string, event: ServerEvent): void;
  ring(learnerId: string): EventRing;
  /** Adds an open stream, which ends when the server stops. @returns the number of streams that the learner has open */
  add(learnerId: string, stream: ServerResponse): number;
  /** Whether the learner has an open stream. */
  isListening(learnerId: string): boolean;
  /** Ends every stream; clients reconnect automatically. */
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
    isListening: (learnerId) => (streams.get(learnerId)?.size ?? 0) > 0,
    close() {
      for (const open of streams.values()) for (const stream of open) stream.end();
    },
  };
}
