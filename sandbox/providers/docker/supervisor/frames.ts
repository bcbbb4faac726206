/**
 * The protocol between the server and the supervisor in a container, over the container's standard input and output: frames of a length
 * (4 bytes, big-endian), a kind (1 byte) and that many bytes.
 */

export const KIND = { message: 0, stdout: 1, stderr: 2 } as const;

export interface Frame {
  kind: number;
  payload: Buffer;
}

/** What the server sends: run this program, end it, or ask it to end. One runs at a time. */
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
      /** Limit for its process tree and its files in memory. */
      memoryBytes: number;
      outputBytes: number;
    }
  | { type: 'cancel'; id: number }
  | { type: 'stop'; id: number };

/** Why a program was ended; null when it ended on its own. */
export type Cause = 'timed-out' | 'output-limit' | 'out-of-memory' | 'process-limit' | 'cancelled' | null;

/** What the supervisor sends: it is up and uses this much memory; a program has ended with its process tree; its traces are removed. */
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

/** Assembles frames from bytes as they arrive. */
export class FrameReader {
  readonly #maxBytes: number;
  #pieces: Buffer[] = [];
  #length = 0;

  /** @param maxBytes limit of one frame's payload */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** @throws RangeError when a frame's announced length exceeds the limit */
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
