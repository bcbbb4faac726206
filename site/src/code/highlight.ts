import { createHighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import bash from 'shiki/langs/bash.mjs';
import json from 'shiki/langs/json.mjs';
import typescript from 'shiki/langs/typescript.mjs';
import yaml from 'shiki/langs/yaml.mjs';
import { flinkSqlTextMate } from './flink-sql-grammar.ts';
import { paperTheme } from './theme.ts';

/** Kind of a piece of code, as a class of base.css: `w` word, `t` string, `n` number, `c` comment; null for plain text. */
export type TokenKind = 'w' | 't' | 'n' | 'c' | null;
export type Token = { kind: TokenKind; text: string };

const KINDS: Record<string, TokenKind> = {
  'var(--syn-word)': 'w',
  'var(--syn-text)': 't',
  'var(--syn-number)': 'n',
  'var(--syn-note)': 'c',
};

const LANGUAGES: Record<string, string> = {
  ts: 'typescript',
  js: 'typescript',
  json: 'json',
  sql: 'sql',
  yaml: 'yaml',
  sh: 'bash',
};

const highlighter = createHighlighterCore({
  themes: [paperTheme],
  langs: [typescript, flinkSqlTextMate, json, yaml, bash],
  engine: createJavaScriptRegexEngine(),
});

/**
 * Splits a file into highlighted lines, at build time.
 *
 * @param fileName its extension picks the language; an unknown one gives plain lines
 * @returns one array of tokens per line; a line's texts joined give the line
 */
export async function highlightLines(text: string, fileName: string): Promise<Token[][]> {
  const lang = LANGUAGES[fileName.slice(fileName.lastIndexOf('.') + 1)] ?? 'text';
  const lines = (await highlighter).codeToTokensBase(text, { lang, theme: 'paper' });
  return lines.map((line) => line.map(({ color, content }) => ({ kind: KINDS[color ?? ''] ?? null, text: content })));
}
