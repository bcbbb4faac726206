import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EventRing, RingEntry } from './ring.ts';
import type { EventTopic } from './topics.ts';

export interface StreamOptions {
  ring: EventRing;
  wants: (topic: EventTopic) => boolean;
  heartbeatMs?: number;
  /** A client that leaves this many bytes unread is cut off; it reconnects with `Last-Event-ID`. */
  maxWaitingBytes?: number;
}

/**
 * Responds with the learner's events until the client disconnects.
 * @see WHATWG HTML, "Server-sent events", event stream interpretation
 */
export function streamEvents(request: FastifyRequest, reply: FastifyReply, options: StreamOptions): void {
  const { ring, wants, heartbeatMs = 15_000, maxWaitingBytes = 256 * 1024 } = options;
  const stream = reply.raw;
  reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) stream.setHeader(name, value);
  stream.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  });

  // The waiting bytes are counted before a frame is added, so that one large frame does not cut off a client that reads.
  const write = (text: string) => {
    if (stream.writableLength <= maxWaitingBytes) return stream.write(text);
    request.log.info({ learner: request.learner?.id }, 'event stream cut: the client does not read');
    stream.destroy();
  };
  const send = ({ topic, frame }: RingEntry) => {
    if (wants(topic)) write(frame);
  };

  const lastEventId = request.headers['last-event-id'];
  const missed = ring.after(Array.isArray(lastEventId) ? lastEventId[0] : lastEventId);
  stream.write('retry: 1000\n: open\n\n');
  stream.write(missed === null ? ring.reloadFrame() : framesOf(missed, wants));

  ring.on('entry', send);
  const heartbeat = setInterval(() => write(': beat\n\n'), heartbeatMs).unref();
  stream.on('error', (error) => request.log.debug({ err: error }, 'event stream'));
  stream.on('close', () => {
    ring.off('entry', send);
    clearInterval(heartbeat);
  });
}

function framesOf(entries: readonly RingEntry[], wants: StreamOptions['wants']): string {
  return entries
    .filter(({ topic }) => wants(topic))
    .map(({ frame }) => frame)
    .join('');
}
