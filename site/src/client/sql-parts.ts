/** Pieces of SQL that are read in several places: names, lists, intervals. Pure. */

/** A name, quoted or not, as a part of a pattern. */
export const NAME = '(`[^`]+`|[A-Za-z_][\\w.]*)';
const UNIT_MS: Record<string, number> = {
  MILLISECOND: 1,
  SECOND: 1_000,
  MINUTE: 60_000,
  HOUR: 3_600_000,
  DAY: 86_400_000,
};

/** Returns the text up to the parenthesis that closes the one before `from`. */
export function inParentheses(text: string, from: number): string {
  let depth = 1;
  let quote = '';
  for (let at = from; at < text.length; at++) {
    const letter = text[at] ?? '';
    if (quote) quote = letter === quote ? '' : quote;
    else if (letter === "'" || letter === '`') quote = letter;
    else if (letter === '(') depth++;
    else if (letter === ')' && --depth === 0) return text.slice(from, at);
  }
  return text.slice(from);
}

/** Splits at the commas that are outside of parentheses. */
export function splitAtCommas(body: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const piece of body.match(/'(?:[^']|'')*'|`[^`]*`|=>|[\s\S]/g) ?? []) {
    if (piece === '(' || piece === '<') depth++;
    if (piece === ')' || piece === '>') depth--;
    if (piece === ',' && depth === 0) {
      parts.push(part.trim());
      part = '';
    } else part += piece;
  }
  return [...parts, part.trim()];
}

/** Returns the length of the first interval: `INTERVAL '1' MINUTE`, `INTERVAL '-16' MINUTE`. */
export function intervalMs(text: string): number | null {
  const [, count, unit] = /INTERVAL\s+'(-?\d+(?:\.\d+)?)'\s+(MILLISECOND|SECOND|MINUTE|HOUR|DAY)/i.exec(text) ?? [];
  return count === undefined || unit === undefined ? null : Number(count) * (UNIT_MS[unit.toUpperCase()] ?? 0);
}

/** Returns a name without quotes and qualifiers: `rides` for `` `default`.`rides` ``. */
export function plain(name: string | undefined): string {
  return (name ?? '').replaceAll('`', '').split('.').at(-1) ?? '';
}
