/** Finds out what can be completed at the caret, from the text around it. Pure. */

export type SqlPlace =
  /** Inside a comment, a string or a number. */
  | { kind: 'nowhere' }
  /** Inside the quotes of a table's option name. `connector` is null when the statement names none. */
  | { kind: 'option'; connector: string | null }
  /** Inside the quotes of `SET '…'`. */
  | { kind: 'setting' }
  /** After a dot. */
  | { kind: 'member' }
  /** The first word of a statement. */
  | { kind: 'statement' }
  /** Inside `TABLE(`. */
  | { kind: 'table-function' }
  | { kind: 'word' };

const TOKEN = /--[^\n]*|\/\*(?!\+)[\s\S]*?(?:\*\/|$)|'(?:''|[^'])*'?|`(?:``|[^`])*`?|[\w$]+|\/\*\+|[^\s]/g;

/**
 * @param before the text up to the caret
 * @param after the text after the caret, which may hold the rest of a table's options
 */
export function sqlPlaceAt(before: string, after: string): SqlPlace {
  const tokens = before.match(TOKEN) ?? [];
  const last = tokens.at(-1) ?? '';
  if (isOpenComment(last, before)) return { kind: 'nowhere' };
  const code = tokens.filter((token) => !isComment(token));
  const statement = code.slice(code.lastIndexOf(';') + 1);
  if (isOpen(last, "'")) return inString(statement, after);
  if (isOpen(last, '`')) return { kind: 'word' };
  // The word under the caret is being completed, so it does not count.
  const ahead = endsInWord(before) ? statement.slice(0, -1) : statement;
  if (endsInWord(before) && /^\d/.test(last)) return { kind: 'nowhere' };
  if (ahead.length === 0) return { kind: 'statement' };
  if (ahead.at(-1) === '.') return { kind: 'member' };
  const [opener] = innermost(ahead);
  return opener?.toUpperCase() === 'TABLE' && ahead.at(-1) === '(' ? { kind: 'table-function' } : { kind: 'word' };
}

/**
 * Returns whether the learner has typed past the word under the caret, or changed something else.
 *
 * @param then the text before and after the caret
 */
export function hasLeftWord({ before, after }: { before: string; after: string }, now: string): boolean {
  const isTyped = now.length >= before.length + after.length && now.startsWith(before) && now.endsWith(after);
  return !isTyped || !/^[\w$]*$/.test(now.slice(before.length, now.length - after.length));
}

function inString(statement: readonly string[], after: string): SqlPlace {
  const ahead = statement.slice(0, -1);
  if (ahead.length === 1 && ahead[0]?.toUpperCase() === 'SET') return { kind: 'setting' };
  const [opener] = innermost(ahead);
  const isKey = ahead.at(-1) === '(' || ahead.at(-1) === ',';
  if (!isKey || !/^(WITH|OPTIONS|SET)$/i.test(opener ?? '')) return { kind: 'nowhere' };
  // The text after the caret begins inside a string.
  const rest: readonly string[] = `'${after}`.match(TOKEN) ?? [];
  const end = rest.indexOf(';');
  const all = [...ahead, ...rest.slice(0, end < 0 ? undefined : end)];
  const at = all.findIndex((token, index) => token.toLowerCase() === "'connector'" && all[index + 1] === '=');
  const connector = at < 0 ? null : (all[at + 2] ?? '').replaceAll("'", '');
  return { kind: 'option', connector };
}

/** Returns the word before the last parenthesis that is still open. */
function innermost(tokens: readonly string[]): string[] {
  let depth = 0;
  for (let at = tokens.length - 1; at >= 0; at--) {
    if (tokens[at] === ')') depth++;
    if (tokens[at] === '(' && depth-- === 0) return tokens.slice(Math.max(0, at - 1), at);
  }
  return [];
}

function isComment(token: string): boolean {
  return token.startsWith('--') || (token.startsWith('/*') && token !== '/*+');
}

function isOpenComment(token: string, before: string): boolean {
  if (!isComment(token) || !before.endsWith(token)) return false;
  return token.startsWith('--') || !(token.length >= 4 && token.endsWith('*/'));
}

/** Returns whether a quoted token is still open; a doubled quote is part of its text. */
function isOpen(token: string, quote: string): boolean {
  if (!token.startsWith(quote)) return false;
  const quotes = token.split(quote).length - 1;
  return quotes % 2 === 1;
}

function endsInWord(before: string): boolean {
  return /[\w$]$/.test(before);
}
