/** How Flink SQL is coloured: for the field by one regular expression, for a lesson's text by a TextMate grammar. */
import type { LanguageRegistration } from 'shiki';
import { FUNCTIONS, HINTS, KEYWORDS, PHRASES, TYPES, WINDOW_FUNCTIONS } from './flink-sql-words.ts';
import type { Grammar } from './grammar.ts';

const FUNCTION_NAMES = [...WINDOW_FUNCTIONS, ...FUNCTIONS, ...HINTS];

/** Longer phrases stand before their parts. Words with spaces in between are one. */
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
/** A hint's marks are words; what stands between them is SQL. */
const HINT_MARK = '\\/\\*\\+|\\*\\/';

export const flinkSqlGrammar: Grammar = {
  source: `(?<c>${COMMENT})|(?<t>${STRING})|${QUOTED_NAME}|(?<n>${NUMBER})|(?<w>${HINT_MARK}|${wholeWord})`,
  flags: 'gi',
};

/** Named `sql`, so that a fenced block of a lesson needs to know nothing of Flink. */
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
