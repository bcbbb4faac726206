/** Colours Flink SQL: with one regular expression in the field, with a TextMate grammar in a lesson's text. */
import type { LanguageRegistration } from 'shiki';
import { FUNCTIONS, HINTS, KEYWORDS, PHRASES, TYPES, WINDOW_FUNCTIONS } from './flink-sql-words.ts';
import type { Grammar } from './grammar.ts';

const FUNCTION_NAMES = [...WINDOW_FUNCTIONS, ...FUNCTIONS, ...HINTS];

/** Longer phrases come before their parts. Words joined by spaces count as one. */
export const phrasePattern = [...PHRASES]
  .sort((a, b) => b.length - a.length)
  .map((phrase) => phrase.replaceAll(' ', '[ \\t]+'))
  .join('|');

const word = [
  `(?:${phrasePattern})`,
  `(?:${FUNCTION_NAMES.join('|')})(?=[ \\t]*\\()`,
  `(?:${[...new Set([...KEYWORDS, ...TYPES])].join('|')})`,
].join('|');
const wholeWord = `(?<![\\w$.])(?:${word})(?![\\w$])`;

const COMMENT = '--[^\\n]*|\\/\\*(?!\\+)[^]*?(?:\\*\\/|$)';
const STRING = "'(?:''|[^'])*'?";
const QUOTED_NAME = '`(?:``|[^`])*`?';
const NUMBER = '(?<![\\w$.])\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?(?![\\w$])';
/** A hint's marks are keywords; the text between them is SQL. */
const HINT_MARK = '\\/\\*\\+|\\*\\/';

export const flinkSqlGrammar: Grammar = {
  source: `(?<c>${COMMENT})|(?<t>${STRING})|${QUOTED_NAME}|(?<n>${NUMBER})|(?<w>${HINT_MARK}|${wholeWord})`,
  flags: 'gi',
};

/** Named `sql`, so that a lesson's fenced block need not name Flink. */
export const flinkSqlTextMate: LanguageRegistration = {
  name: 'sql',
  scopeName: 'source.flink-sql',
  patterns: [
    { match: '--.*$', name: 'comment.line' },
    { begin: '/\\*(?!\\+)', end: '\\*/', name: 'comment.block' },
    { match: HINT_MARK, name: 'keyword.other.hint' },
    { begin: "'", end: "'", name: 'string.quoted.single' },
    { begin: '`', end: '`', name: 'variable.other.quoted' },
    { match: `(?i)${NUMBER}`, name: 'constant.numeric' },
    { match: `(?i)${wholeWord}`, name: 'keyword.other' },
  ],
  repository: {},
};
