/** The most bytes of a key, a value or a header that are shown. */
export const MAX_SHOWN_BYTES = 2048;

// Control characters other than tab, line feed and carriage return: text that has them is binary data by chance.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const BINARY = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/**
 * Bytes of a record as text: UTF-8 where it is that, else `0x` and hexadecimal digits. What is longer than 2 KiB is cut, with `…` for
 * the rest; a code point is never cut.
 *
 * @returns null for null, which Kafka tells apart from empty
 */
export function textOf(bytes: Buffer | null): string | null {
  if (bytes === null) return null;
  const isCut = bytes.length > MAX_SHOWN_BYTES;
  const shown = bytes.subarray(0, MAX_SHOWN_BYTES);
  const text = decodeUtf8(shown, isCut) ?? `0x${shown.subarray(0, MAX_SHOWN_BYTES / 2 - 1).toString('hex')}`;
  return isCut || text.length > MAX_SHOWN_BYTES ? `${text}…` : text;
}

/** Null when the bytes are not text. With `isCut` the last code point may be incomplete and is left out. */
function decodeUtf8(bytes: Buffer, isCut: boolean): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: isCut });
    return BINARY.test(text) ? null : text;
  } catch {
    return null;
  }
}
