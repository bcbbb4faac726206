/**
 * What the server and the supervisor in a container say to each other, over the container's standard input and output: frames of a length
 * (4 bytes, big-endian), a kind (1 byte) and that many bytes.
 */

export const KIND = { message: 0, stdout: 1, stderr: 2 } as const;

export interface Frame {
  kind: number;
  payload: Buffer;
}

/** What the server says: run this program, or end it. One runs at a time. */
export type Order =
  | {
      type: 'run';
      id: number;
      /** File name to text, all below the workspace. */
      files: Record<string, string>;
      /** Arguments of Node. */
      node: string[];
      env: Record<string, string>;
      timeMs: number;
      /** Of its process tree and of files in memory. */
      memoryBytes: number;
      outputBytes: number;
    }
  | { type: 'cancel'; id: number };

/** Why a program was ended; null when it ended by itself. */
export type Cause = 'timed-out' | 'output-limit' | 'out-of-memory' | 'process-limit' | 'cancelled' | null;

/** What the supervisor says: that it is there and what it takes itself, that a program has ended with its whole process tree, that nothing of it is left. */
export type Notice =
  | { type: 'ready'; usedBytes: number }
  | { type: 'ended'; id: number; cause: Cause; exitCode: number; durationMs: number }
  | { type: 'clean'; id: number };

const HEADER_BYTES = 5;

export function frame(kind: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32BE(payload.length);
  header.writeUInt8(kind, 4);
  return Buffer.concat([header, payload]);
}

export function message(content: Order | Notice): Buffer {
  return frame(KIND.message, Buffer.from(JSON.stringify(content)));
}

/** Puts frames together from bytes as they come. */
export class FrameReader {
  readonly #maxBytes: number;
  #pieces: Buffer[] = [];
  #length = 0;

  /** @param maxBytes of one frame's payload */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** @throws RangeError when a frame is announced that is longer than allowed */
  push(bytes: Buffer): Frame[] {
    this.#pieces.push(bytes);
    this.#length += bytes.length;
    if (this.#length < HEADER_BYTES) return [];
    let rest = this.#pieces.length === 1 ? bytes : Buffer.concat(this.#pieces);
    const frames: Frame[] = [];
    while (rest.length >= HEADER_BYTES) {
      const length = rest.readUInt32BE();
      if (length > this.#maxBytes) throw new RangeError(`a frame of ${length} bytes was announced`);
      if (rest.length < HEADER_BYTES + length) break;
      frames.push({ kind: rest.readUInt8(4), payload: rest.subarray(HEADER_BYTES, HEADER_BYTES + length) });
      rest = rest.subarray(HEADER_BYTES + length);
    }
    this.#pieces = rest.length > 0 ? [rest] : [];
    this.#length = rest.length;
    return frames;
  }
}
