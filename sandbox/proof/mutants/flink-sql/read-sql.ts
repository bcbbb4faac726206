/** The parts of Flink SQL that operators change, found by its tokens. A change that the planner refuses counts for nothing, so nothing is parsed. */
import { type Token, tokensOf } from '#sandbox/languages/flink-sql/tokens.ts';
import type { Edit, Surroundings } from '../contract/edit.ts';

export type Change = Omit<Edit, 'operator'>;

/** Where a token is: among the options of a table, in its declaration, or in a query. */
type Region = 'options' | 'declaration' | 'query';

export interface SqlToken extends Token {
  region: Region;
  /** Number of parentheses around it. */
  depth: number;
}

export interface Sql {
  text: string;
  tokens: readonly SqlToken[];
  surroundings: Surroundings;
}

/** Returns the changes that an operator makes to a whole text. */
export type Operator = (sql: Sql) => Change[];

/** Tokens next to each other, `end` exclusive. */
export interface Span {
  start: number;
  end: number;
}

/** Splits text into tokens; `<=`, `>=`, `<>` and `!=` are one each. */
export function readSql(text: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  let depth = 0;
  let region: Region = 'query';
  for (const token of tokensOf(text)) {
    const last = tokens.at(-1);
    if (last && last.end === token.start && /^(<=|>=|<>|!=)$/.test(last.text + token.text)) {
      tokens[tokens.length - 1] = { ...last, text: last.text + token.text, end: token.end };
      continue;
    }
    if (token.text === ')') depth -= 1;
    if (depth === 0) region = token.text === '(' ? regionAfter(tokens) : 'query';
    tokens.push({ ...token, region, depth });
    if (token.text === '(') depth += 1;
  }
  return tokens;
}

/** Returns what the parenthesis after these tokens opens: options follow WITH, a declaration follows CREATE TABLE and a name. */
function regionAfter(tokens: readonly Token[]): Region {
  const words = tokens.slice(-6).map(({ text }) => text);
  if (words.at(-1) === 'WITH') return 'options';
  const create = words.lastIndexOf('CREATE');
  return create >= 0 && words.slice(create).includes('TABLE') && !words.slice(create).includes(';') ? 'declaration' : 'query';
}

/** Splits the tokens from an index at commas of the same depth, up to a closing parenthesis, a semicolon or a word that ends the list. */
export function itemsFrom(tokens: readonly SqlToken[], first: number, ends: readonly string[] = []): Span[] {
  const depth = tokens[first]?.depth ?? 0;
  const items: Span[] = [];
  let start = first;
  for (let index = first; ; index += 1) {
    const token = tokens[index];
    const isEnd = !token || token.depth < depth || (token.depth === depth && (token.text === ';' || ends.includes(token.text)));
    if (isEnd || (token.depth === depth && token.text === ',')) {
      if (index > start) items.push({ start, end: index });
      start = index + 1;
    }
    if (isEnd) return items;
  }
}

/** Returns the index after the parenthesis that closes the one at `open`. */
export function afterClosing(tokens: readonly SqlToken[], open: number): number {
  const close = tokens.findIndex(({ text, depth }, index) => index > open && text === ')' && depth === tokens[open]?.depth);
  return close < 0 ? tokens.length : close + 1;
}

/** Returns the offsets of a span in the text. */
export function offsets(tokens: readonly SqlToken[], { start, end }: Span): { start: number; end: number } {
  return { start: tokens[start]?.start ?? 0, end: tokens[end - 1]?.end ?? 0 };
}

export function textOf({ text, tokens }: Pick<Sql, 'text' | 'tokens'>, span: Span): string {
  const { start, end } = offsets(tokens, span);
  return text.slice(start, end);
}

/** Returns, for each item of a list, the change that drops it with its comma. A list of one is left alone. */
export function dropEach(tokens: readonly SqlToken[], items: readonly Span[]): Change[] {
  if (items.length < 2) return [];
  return items.map((item, index) => {
    const { start, end } = offsets(tokens, item);
    const next = items[index + 1];
    const before = items[index - 1];
    if (next) return { start, end: offsets(tokens, next).start, text: '' };
    return { start: before ? offsets(tokens, before).end : start, end, text: '' };
  });
}

/** Returns the changes that put other texts in a token's place. */
export function replaceToken({ start, end }: Token, texts: readonly string[]): Change[] {
  return texts.map((text) => ({ start, end, text }));
}

/** Runs a function on each token of a region, with its index. */
export function each(sql: Sql, regions: readonly Region[], change: (token: SqlToken, index: number) => Change[]): Change[] {
  return sql.tokens.flatMap((token, index) => (regions.includes(token.region) ? change(token, index) : []));
}
