/** Most bytes shown of a key, a value or a header. */
export const MAX_SHOWN_BYTES = 2048;

// Control characters other than tab, line feed and carriage return: text that has them is really binary data.
// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern looks for them
const BINARY = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/**
 * Returns bytes of a record as text: UTF-8 where they are text, else `0x` and hexadecimal digits. A code point is never cut.
 *
 * @param maxBytes anything above it is cut and ends in `…`
 * @returns null for null, which Kafka distinguishes from empty
 */
export function textOf(bytes: Buffer | null, maxBytes = MAX_SHOWN_BYTES): string | null {
  if (bytes === null) return null;
  const isCut = bytes.length > maxBytes;
  const shown = bytes.subarray(0, maxBytes);
  const text = decodeUtf8(shown, isCut) ?? `0x${shown.subarray(0, hexBytes(maxBytes)).toString('hex')}`;
  return isCut || text.length > maxBytes ? `${text}…` : text;
}

/** How much of some bytes is shown, and whether in hexadecimal. */
export interface PartlyShown {
  hex: boolean;
  shownBytes: number;
  bytes: number;
}

/** Returns how `textOf` shows bytes that it does not show whole as text; null for all others. */
export function partlyShown(bytes: Buffer, maxBytes = MAX_SHOWN_BYTES): PartlyShown | null {
  const isCut = bytes.length > maxBytes;
  const hex = decodeUtf8(bytes.subarray(0, maxBytes), isCut) === null;
  if (!isCut && !hex) return null;
  return { hex, shownBytes: Math.min(bytes.length, hex ? hexBytes(maxBytes) : maxBytes), bytes: bytes.length };
}

/** Two digits a byte, after `0x`. */
function hexBytes(maxBytes: number): number {
  return maxBytes / 2 - 1;
}

/** Returns null when the bytes are not text. With `isCut`, an incomplete last code point is left out. */
function decodeUtf8(bytes: Buffer, isCut: boolean): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: isCut });
    return BINARY.test(text) ? null : text;
  } catch {
    return null;
  }
}
