import { tokensOf } from './tokens.ts';

/** What web pages and word processors put in place of plain quotes, spaces and dashes. Flink takes them in quoted texts only. */
const WEB = /[\u00a0\u00ad\u2007\u200b-\u200f\u202a-\u202f\u2060\ufeff\u2018\u2019\u201a-\u201e\u00ab\u00bb\u2010-\u2015\u2212]/u;
const QUOTES = /[\u2018\u2019\u201a-\u201e\u00ab\u00bb]/;
const DASHES = /[\u2010-\u2015\u2212]/;

/** Returns the first character of a web page outside quoted texts and comments, with its offset; null when there is none. */
export function webCharacterIn(sql: string): { character: string; offset: number } | null {
  let from = 0;
  for (const { kind, start, end } of [...tokensOf(sql), { kind: 'end', start: sql.length, end: sql.length }]) {
    const between = sql.slice(from, start);
    const until = kind === 'symbol' ? end : start;
    const found = WEB.exec(/--|\/\/|\/\*/.test(between) ? sql.slice(start, until) : sql.slice(from, until));
    if (found) return { character: found[0], offset: sql.indexOf(found[0], from) };
    from = end;
  }
  return null;
}

/** Says which character of a web page is in a statement, and what to type; null when there is none. */
export function wordsLikeWeb(sql: string): string | null {
  const found = webCharacterIn(sql);
  if (!found) return null;
  const code = `U+${found.character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  if (QUOTES.test(found.character))
    return `Typographic quote ${found.character} (${code}), as web pages have it. Type ' around a text and \` around a name.`;
  if (DASHES.test(found.character)) return `Typographic dash ${found.character} (${code}), as web pages have it. Type - instead.`;
  return `Invisible character ${code}, as web pages have it. Delete it and type a space.`;
}
