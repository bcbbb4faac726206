import { expect, test } from 'vitest';
import type { OutputChunk } from '#sandbox/protocol/run.ts';
import { limitOutput } from '#sandbox/providers/output-limiter.ts';

function limiter(limitBytes: number) {
  const chunks: OutputChunk[] = [];
  let limitReached = 0;
  const output = limitOutput({
    limitBytes,
    onChunk: (chunk) => chunks.push(chunk),
    onLimit: () => limitReached++,
    elapsedMs: () => 7,
  });
  const text = () => chunks.map((chunk) => chunk.text).join('');
  return { output, chunks, text, limitReached: () => limitReached };
}

test('delivers a code point that arrives in two pieces whole', () => {
  const { output, chunks, text } = limiter(100);
  const bytes = Buffer.from('a€b');
  for (const byte of bytes) output.write('stdout', Buffer.from([byte]));
  output.end();
  expect(text()).toBe('a€b');
  expect(chunks.map(({ text }) => text)).toEqual(['a', '€', 'b']);
});

test('keeps the pieces of both streams apart', () => {
  const { output, text } = limiter(100);
  const euro = Buffer.from('€');
  output.write('stdout', euro.subarray(0, 1));
  output.write('stderr', Buffer.from('!'));
  output.write('stdout', euro.subarray(1));
  expect(text()).toBe('!€');
});

test('delivers exactly the limit, for both streams together, and reports it once', () => {
  const { output, text, limitReached } = limiter(10);
  output.write('stdout', Buffer.from('123456'));
  output.write('stderr', Buffer.from('7890'));
  expect(limitReached()).toBe(0);
  output.write('stdout', Buffer.from('x'));
  output.write('stdout', Buffer.from('y'));
  output.end();
  expect(text()).toBe('1234567890');
  expect(limitReached()).toBe(1);
});

test('delivers no half code point at the limit', () => {
  const { output, text } = limiter(4);
  output.write('stdout', Buffer.from('ab€'));
  output.end();
  expect(text()).toBe('ab');
});

test('numbers chunks from 0 and gives each its time', () => {
  const { output, chunks } = limiter(10);
  output.write('stdout', Buffer.from('a'));
  output.write('stderr', Buffer.from('b'));
  expect(chunks).toEqual([
    { seq: 0, stream: 'stdout', text: 'a', atMs: 7 },
    { seq: 1, stream: 'stderr', text: 'b', atMs: 7 },
  ]);
});
