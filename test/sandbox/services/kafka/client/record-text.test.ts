import { expect, test } from 'vitest';
import { MAX_SHOWN_BYTES, partlyShown, textOf } from '#sandbox/services/kafka/client/record-text.ts';

test('null stays null and empty stays empty', () => {
  expect(textOf(null)).toBeNull();
  expect(textOf(Buffer.alloc(0))).toBe('');
});

test('shows UTF-8 unchanged, with line breaks and tabs', () => {
  expect(textOf(Buffer.from('grün\t→\n🚚'))).toBe('grün\t→\n🚚');
});

test('shows bytes that are not text in hexadecimal', () => {
  expect(textOf(Buffer.from([0xff, 0xfe, 0x01]))).toBe('0xfffe01');
});

test('a big-endian number is not text, although it is valid UTF-8', () => {
  expect(textOf(Buffer.from([0, 0, 0, 7]))).toBe('0x00000007');
});

test('a byte order mark is kept', () => {
  expect(textOf(Buffer.from('\ufeffa'))).toBe('\ufeffa');
});

test('shows exactly 2 KiB in full; cuts one byte more and marks the cut', () => {
  expect(textOf(Buffer.alloc(MAX_SHOWN_BYTES, 'a'))).toBe('a'.repeat(2048));
  expect(textOf(Buffer.alloc(MAX_SHOWN_BYTES + 1, 'a'))).toBe(`${'a'.repeat(2048)}…`);
});

test('a code point at the cut is left out, never broken', () => {
  const bytes = Buffer.concat([Buffer.alloc(MAX_SHOWN_BYTES - 1, 'a'), Buffer.from('🚚'), Buffer.from('b')]);
  expect(textOf(bytes)).toBe(`${'a'.repeat(2047)}…`);
});

test('long binary data is cut too', () => {
  const text = textOf(Buffer.alloc(5000, 0xff));
  expect(text?.length).toBeLessThanOrEqual(MAX_SHOWN_BYTES + 1);
  expect(text).toMatch(/^0xff.*…$/);
});

test('tells text that only looks like hexadecimal from bytes, and how much is shown of what is cut', () => {
  expect(partlyShown(Buffer.from('0xfffe01'))).toBeNull();
  expect(partlyShown(Buffer.alloc(MAX_SHOWN_BYTES, 'a'))).toBeNull();
  expect(partlyShown(Buffer.from([0xff, 0xfe, 0x01]))).toEqual({ hex: true, shownBytes: 3, bytes: 3 });
  expect(partlyShown(Buffer.alloc(1_500, 0xff))).toEqual({ hex: true, shownBytes: 1_023, bytes: 1_500 });
  expect(partlyShown(Buffer.alloc(5_000, 'a'))).toEqual({ hex: false, shownBytes: 2_048, bytes: 5_000 });
});
