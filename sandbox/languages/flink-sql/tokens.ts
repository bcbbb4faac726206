/**
 * The lexical form of Flink SQL, as far as it decides where statements end. Flink's parser is Calcite's in its Java mode: `--` and `//`
 * comments, block comments without nesting, and hints, whose content is read like any other text.
 */

export interface Token {
  kind: 'word' | 'quoted' | 'symbol';
  /** As written; words in upper case. */
  text: string;
  start: number;
  /** Offset after its last character. */
  end: number;
}

const TOKEN = new RegExp(
  [
    String.raw`\s+|--[^\n\r]*|//[^\n\r]*|/\*(?!\+)[\s\S]*?(?:\*/|$)`, // space and comments
    String.raw`(?<quoted>[eE]'(?:[^'\\]|\\[\s\S]|'')*'?|'[^']*(?:''[^']*)*'?|"[^"]*(?:""[^"]*)*"?|${'`[^`]*(?:``[^`]*)*`?'})`,
    String.raw`(?<word>[\p{L}_$][\p{L}\p{N}_$]*)`,
    String.raw`(?<symbol>[0-9][\w.]*|/\*\+|\*/|[\s\S])`,
  ].join('|'),
  'gyu',
);

/** Yields words, quoted texts and symbols in order, without comments and space. An unclosed quote extends to the end. */
export function* tokensOf(text: string): Generator<Token> {
  for (const match of text.matchAll(TOKEN)) {
    const { quoted, word, symbol } = match.groups ?? {};
    const [whole] = match;
    const span = { start: match.index, end: match.index + whole.length };
    if (word !== undefined) yield { kind: 'word', text: word.toUpperCase(), ...span };
    if (quoted !== undefined) yield { kind: 'quoted', text: quoted, ...span };
    if (symbol !== undefined) yield { kind: 'symbol', text: symbol, ...span };
  }
}
