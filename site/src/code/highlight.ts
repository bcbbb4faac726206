import { createHighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import bash from 'shiki/langs/bash.mjs';
import json from 'shiki/langs/json.mjs';
import typescript from 'shiki/langs/typescript.mjs';
import yaml from 'shiki/langs/yaml.mjs';
import { flinkSqlTextMate } from './flink-sql-grammar.ts';
import { paperTheme } from './theme.ts';

/** What a piece of code is, as a class of base.css: `w` word, `t` text, `n` number, `c` comment; null is plain. */
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
 * Splits a file into highlighted lines, on the server at build time.
 *
 * @param fileName its ending picks the language; an unknown one gives plain lines
 * @returns one array of tokens a line; the texts of a line joined give the line back
 */
export async function highlightLines(text: string, fileName: string): Promise<Token[][]> {
  const lang = LANGUAGES[fileName.slice(fileName.lastIndexOf('.') + 1)] ?? 'text';
  const lines = (await highlighter).codeToTokensBase(text, { lang, theme: 'paper' });
  return lines.map((line) => line.map(({ color, content }) => ({ kind: KINDS[color ?? ''] ?? null, text: content })));
}
