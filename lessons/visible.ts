/**
 * Text of learners, as a page and a terminal show it: a character that would move, hide or turn what stands beside it appears as a mark.
 */

// C0 without tab and line feed, DEL, C1, the Arabic letter mark, zero-width characters, line separators, what turns the direction of text,
// the byte order mark, and halves of a code point.
const MARKED =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern looks for them
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Unicode's pictures of the control characters: U+0007 is U+2407. */
const PICTURES = 0x2400;
const PICTURE_OF_DEL = '\u2421';

/**
 * Returns a text with control and direction characters as marks: `␛` for ESC, `⟨U+202E⟩` for one without a picture. Line feed and tab stay, and
 * CR LF becomes LF. Copied text keeps the marks. A text without such characters is returned unchanged.
 */
export function visible(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(MARKED, markOf);
}

function markOf(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(PICTURES + code);
  if (code === 0x7f) return PICTURE_OF_DEL;
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/** Returns plain data with every text in it visible, names of fields included. */
export function visibleData<Data>(data: Data): Data;
export function visibleData(data: unknown): unknown {
  if (typeof data === 'string') return visible(data);
  if (Array.isArray(data)) return data.map((one) => visibleData(one));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [visible(name), visibleData(value)]));
}
