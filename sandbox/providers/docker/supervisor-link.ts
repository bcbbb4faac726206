/**
 * The server's end of the stream to the supervisor in a container. What arrives is size-limited and validated, and never trusted.
 */
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type Dockerode from 'dockerode';
import { z } from 'zod';
import { type Frame, FrameReader, KIND, message, type Order } from './supervisor/frames.ts';

/** No frame holds more than a pipe does. */
const MAX_FRAME_BYTES = 256 * 1024;
const MAX_WORDS = 4096;

const causeSchema = z.enum(['timed-out', 'output-limit', 'out-of-memory', 'process-limit', 'cancelled']).nullable();

const noticeSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready'), usedBytes: z.number().int().min(0) }),
  z.strictObject({
    type: z.literal('ended'),
    id: z.number().int(),
    cause: causeSchema,
    exitCode: z.number().int().min(0).max(255),
    durationMs: z.number().int().min(0),
  }),
  z.strictObject({ type: z.literal('clean'), id: z.number().int() }),
]);

export type Notice = z.infer<typeof noticeSchema>;

export interface LinkListener {
  notice(notice: Notice): void;
  output(stream: 'stdout' | 'stderr', bytes: Buffer): void;
  /** Called once when the stream has ended; nothing comes after it. `words` is the supervisor's last output. */
  end(words: string): void;
}

export interface SupervisorLink {
  send(order: Order): void;
  /** Ends the stream, and with it the container. */
  close(): void;
}

/** Opens the stream to a container that is about to start. */
export async function openLink(container: Dockerode.Container, listener: LinkListener): Promise<SupervisorLink> {
  const stream = await container.attach({ stream: true, stdin: true, stdout: true, stderr: true, hijack: true });
  const reader = new FrameReader(MAX_FRAME_BYTES);
  let words = '';
  let isOpen = true;
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    stream.end();
    listener.end(words.trim());
  };
  const frames = new PassThrough();
  const complaints = new PassThrough();
  container.modem.demuxStream(stream, frames, complaints);
  frames.on('data', (bytes: Buffer) => {
    try {
      for (const frame of reader.push(bytes)) if (isOpen) hear(frame, listener);
    } catch (error) {
      words = `it sent an invalid message: ${error instanceof Error ? error.message : error}`;
      close();
    }
  });
  complaints.on('data', (bytes: Buffer) => {
    words = (words + bytes.toString()).slice(-MAX_WORDS);
  });
  for (const event of ['end', 'close', 'error']) once(stream, event).then(close, close);
  return {
    send(order) {
      if (isOpen) stream.write(message(order));
    },
    close,
  };
}

function hear({ kind, payload }: Frame, listener: LinkListener): void {
  if (kind === KIND.message) listener.notice(noticeSchema.parse(JSON.parse(payload.toString())));
  else listener.output(kind === KIND.stderr ? 'stderr' : 'stdout', payload);
}
