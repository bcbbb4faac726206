import { StringDecoder } from 'node:string_decoder';
import type { OutputChunk } from '#sandbox/protocol/run.ts';

export interface OutputLimiterOptions {
  limitBytes: number;
  onChunk: (chunk: OutputChunk) => void;
  /** Called once when the program has written more than the limit. */
  onLimit: () => void;
  /** Milliseconds since the program was started. */
  elapsedMs: () => number;
}

export interface OutputLimiter {
  write(stream: 'stdout' | 'stderr', bytes: Buffer): void;
  /** Called when the program has ended: delivers what is left of an unfinished code point. */
  end(): void;
}

/** Passes both streams of a program on as text, up to one byte limit for both together, without splitting a code point. */
export function limitOutput({ limitBytes, onChunk, onLimit, elapsedMs }: OutputLimiterOptions): OutputLimiter {
  const decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') };
  let left = limitBytes;
  let over = false;
  let seq = 0;

  const deliver = (stream: 'stdout' | 'stderr', text: string) => {
    if (text !== '') onChunk({ seq: seq++, stream, text, atMs: elapsedMs() });
  };

  return {
    write(stream, bytes) {
      if (over) return;
      const fitting = bytes.subarray(0, left);
      left -= fitting.length;
      deliver(stream, decoders[stream].write(fitting));
      if (fitting.length === bytes.length) return;
      over = true;
      onLimit();
    },
    end() {
      if (over) return;
      deliver('stdout', decoders.stdout.end());
      deliver('stderr', decoders.stderr.end());
    },
  };
}
