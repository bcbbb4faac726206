import type { Statement } from './split.ts';
import { type Token, tokensOf } from './tokens.ts';

/** What a `CREATE TABLE` or `CREATE VIEW` declares, as its text says it. */
export interface Declared {
  table: string;
  /** Words that may be columns: every name between the brackets. */
  columns: string[];
  /** Its options say where reading starts. */
  hasStart: boolean;
  /** Names in its `topic` option, with their offsets in the file. */
  topics: { name: string; start: number; end: number }[];
}

/** Returns what a statement declares: one or none. */
export function declarations(statement: Statement): Declared[] {
  return [declaredBy(statement) ?? []].flat();
}

/** Returns what a statement declares; null for any other statement. */
export function declaredBy({ file, start, end }: Statement): Declared | null {
  const text = file.text.slice(start, end);
  const tokens = [...tokensOf(text)];
  const kind = tokens.slice(0, 5).findIndex((token) => token.text === 'TABLE' || token.text === 'VIEW');
  if (tokens[0]?.text !== 'CREATE' || kind < 0) return null;
  const isConditional = tokens[kind + 1]?.text === 'IF';
  let at = kind + (isConditional ? 4 : 1);
  while (tokens[at + 1]?.text === '.') at += 2;
  const table = tokens[at];
  if (!table) return null;
  const names = tokens.slice(at + 1).filter(isName);
  return {
    table: nameOf(text, table),
    columns: names.map((token) => nameOf(text, token)),
    hasStart: tokens.some((token) => token.text === "'scan.startup.mode'"),
    topics: topicsIn(tokens, start),
  };
}

function isName({ kind, text }: Token): boolean {
  return kind === 'word' || text.startsWith('`');
}

/** Returns a name as it was written, without backticks. */
function nameOf(text: string, { start, end }: Token): string {
  const written = text.slice(start, end);
  return written.startsWith('`') ? written.slice(1).replace(/`$/, '').replaceAll('``', '`') : written;
}

/** Returns the table that a statement inserts into, null where it does not, and every other name that is in it. */
export function namesIn(text: string): { target: string | null; named: string[] } {
  const tokens = [...tokensOf(text)];
  let at = tokens.findIndex((token, index) => token.text === 'INTO' && tokens[index - 1]?.text === 'INSERT') + 1;
  while (at > 0 && tokens[at + 1]?.text === '.') at += 2;
  const target = at > 0 ? tokens[at] : undefined;
  const named = tokens.filter((token) => isName(token) && token !== target).map((token) => nameOf(text, token));
  return { target: target && isName(target) ? nameOf(text, target) : null, named };
}

function topicsIn(tokens: readonly Token[], offset: number): Declared['topics'] {
  const option = tokens.findIndex(({ text }, index) => text === "'topic'" && tokens[index + 1]?.text === '=');
  const value = option < 0 ? undefined : tokens[option + 2];
  if (value?.kind !== 'quoted') return [];
  let start = offset + value.start + 1;
  return value.text
    .slice(1, -1)
    .split(';')
    .map((name) => {
      const place = { name, start, end: start + name.length };
      start = place.end + 1;
      return place;
    });
}

/** Returns whether a statement names a table or view, whatever its case. */
export function mentions({ file, start, end }: Statement, table: string): boolean {
  const text = file.text.slice(start, end);
  return [...tokensOf(text)].some((token) => isName(token) && nameOf(text, token).toUpperCase() === table.toUpperCase());
}
