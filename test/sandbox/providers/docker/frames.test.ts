import { expect, test } from 'vitest';
import { FrameReader, frame, KIND } from '#sandbox/providers/docker/supervisor/frames.ts';

const texts = (reader: FrameReader, bytes: Buffer) => reader.push(bytes).map(({ kind, payload }) => `${kind} ${payload}`);

test('reads frames as they were written, however the bytes are split', () => {
  const bytes = Buffer.concat([
    frame(KIND.stdout, Buffer.from('héllo')),
    frame(KIND.stderr, Buffer.alloc(0)),
    frame(KIND.message, Buffer.from('{}')),
  ]);
  for (let size = 1; size <= bytes.length; size++) {
    const reader = new FrameReader(100);
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
    expect(pieces.flatMap((piece) => texts(reader, piece))).toEqual(['1 héllo', '2 ', '0 {}']);
  }
});

test('rejects a frame that is too long by its announced length', () => {
  expect(texts(new FrameReader(5), frame(KIND.stdout, Buffer.from('12345')))).toEqual(['1 12345']);
  expect(() => new FrameReader(4).push(frame(KIND.stdout, Buffer.from('12345')).subarray(0, 5))).toThrow('a frame of 5 bytes');
});
