import type { ServerResponse } from 'node:http';
import type { ServerEvent } from '#sandbox/protocol/event.ts';
import type { EventRing } from './ring.ts';
import { EventRings } from './rings.ts';

/** Sends each learner's events to the learner's open streams, and keeps the latest for those that reconnect. */
export interface EventBus {
  publish(learnerId: string, event: ServerEvent): void;
  ring(learnerId: string): EventRing;
  /** Adds an open stream, which ends when the server stops. @returns the number of streams that the learner has open */
  add(learnerId: string, stream: ServerResponse): number;
  /** Whether the learner has an open stream. */
  isListening(learnerId: string): boolean;
  /** Upper bound of the memory that kept events take. */
  bytes(): number;
  /** Ends every stream; clients reconnect automatically. */
  close(): void;
}

export interface EventBusOptions {
  /** Of one learner; enough for a run with all its output and records. */
  ringBytes?: number;
  /** Of all learners together. */
  budgetBytes?: number;
}

const RING_BYTES = 1024 * 1024;
const BUDGET_BYTES = 32 * 1024 * 1024;

/** @param epoch differs with each start of the server */
export function createEventBus(epoch: string, options: EventBusOptions = {}): EventBus {
  const { ringBytes = RING_BYTES, budgetBytes = BUDGET_BYTES } = options;
  const rings = new EventRings({ epoch, ringBytes, budgetBytes });
  const streams = new Map<string, Set<ServerResponse>>();

  function remove(learnerId: string, stream: ServerResponse): void {
    const open = streams.get(learnerId);
    if (!open?.delete(stream) || open.size > 0) return;
    streams.delete(learnerId);
    rings.left(learnerId);
  }

  return {
    ring: (learnerId) => rings.of(learnerId),
    publish: (learnerId, event) => rings.of(learnerId).push(event),
    add(learnerId, stream) {
      const open = streams.get(learnerId) ?? new Set();
      streams.set(learnerId, open.add(stream));
      rings.came(learnerId);
      stream.once('close', () => remove(learnerId, stream));
      return open.size;
    },
    isListening: (learnerId) => streams.has(learnerId),
    bytes: () => rings.bytes,
    close() {
      for (const open of streams.values()) for (const stream of open) stream.end();
    },
  };
}
