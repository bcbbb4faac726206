import { type Token, tokensOf } from './tokens.ts';

/** The statement around a cursor, as far as completion needs it. Each insert of a statement set counts as a statement. */
export interface CursorContext {
  statement: string;
  /** Offset of the statement in the text, and of the cursor in the statement. */
  start: number;
  offset: number;
  /** The part of the word at the cursor that is already typed. */
  partial: string;
  /** What the words before the cursor require, for places where Flink's completion offers nothing. */
  wants: 'tables' | 'columns' | 'anything';
  /** All words of the statement in upper case, and quoted names without their quotes. */
  words: ReadonlySet<string>;
}

const COMMENT_IS_OPEN = /(?:--|\/\/)[^\n\r]*$|\/\*(?!\+)(?:(?!\*\/)[\s\S])*$/;
const TABLE_FOLLOWS = new Set(['INTO', 'TABLE', 'JOIN', 'DESCRIBE', 'DESC']);

/** @returns null between statements, in comments, texts and quoted names */
export function contextOfCursor(text: string, cursor: number): CursorContext | null {
  const all = [...tokensOf(text)];
  const from = all.findLastIndex(({ text: symbol, end }) => symbol === ';' && end <= cursor) + 1;
  const to = all.findIndex(({ text: symbol, start }) => symbol === ';' && start >= cursor);
  const tokens = withoutSetHead(all.slice(from, to < 0 ? all.length : to));
  const [first] = tokens;
  if (!first || first.start > cursor) return null;
  const before = tokens.filter(({ start }) => start < cursor);
  const last = before.at(-1);
  const isInside = last !== undefined && last.end >= cursor;
  if (last?.kind === 'quoted' && last.end > cursor) return null;
  if (!isInside && COMMENT_IS_OPEN.test(text.slice(last?.end ?? first.start, cursor))) return null;
  const isPartial = isInside && last.kind === 'word';
  const end = Math.max(tokens.at(-1)?.end ?? cursor, cursor);
  return {
    statement: text.slice(first.start, end),
    start: first.start,
    offset: cursor - first.start,
    partial: isPartial ? text.slice(last.start, cursor) : '',
    wants: wantedAfter(isPartial ? before.slice(0, -1) : before),
    words: new Set(tokens.map((token) => (token.kind === 'quoted' ? token.text.slice(1, -1).toUpperCase() : token.text))),
  };
}

function withoutSetHead(tokens: readonly Token[]): readonly Token[] {
  const words = tokens.slice(0, 4).map(({ text }) => text);
  return words.join(' ') === 'EXECUTE STATEMENT SET BEGIN' ? tokens.slice(4) : tokens;
}

function wantedAfter(before: readonly Token[]): CursorContext['wants'] {
  const [third, second, last] = [before.at(-3)?.text, before.at(-2)?.text, before.at(-1)?.text];
  if (last === '(' && second === 'DESCRIPTOR') return 'columns';
  if (last === 'TABLE' && (third === 'CREATE' || second === 'CREATE' || second === 'TEMPORARY')) return 'anything';
  return last !== undefined && TABLE_FOLLOWS.has(last) ? 'tables' : 'anything';
}
