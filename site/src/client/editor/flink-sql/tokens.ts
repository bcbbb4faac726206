/** Flink SQL for Monaco: its tokens, and how the editor handles brackets, quotes and comments. */
import type { languages } from 'monaco-editor';
import { phrasePattern } from '../../../code/flink-sql-grammar.ts';
import { FUNCTIONS, HINTS, KEYWORDS, TYPES, WINDOW_FUNCTIONS } from '../../../code/flink-sql-words.ts';

/** Every kind of word is a kind of `keyword`, so that the theme colours it as in the field and the lesson's text. */
export const flinkSqlTokens: languages.IMonarchLanguage = {
  ignoreCase: true,
  defaultToken: '',
  brackets: [
    { open: '(', close: ')', token: 'delimiter.parenthesis' },
    { open: '[', close: ']', token: 'delimiter.square' },
  ],
  keywords: [...KEYWORDS],
  types: [...TYPES],
  functions: [...WINDOW_FUNCTIONS, ...FUNCTIONS],
  hints: [...HINTS],
  tokenizer: {
    root: [
      [/--.*$/, 'comment'],
      [/\/\*(?!\+)/, 'comment', '@comment'],
      [/\/\*\+|\*\//, 'keyword.hint'],
      [/'/, 'string', '@string'],
      [/`/, 'identifier.quote', '@quotedName'],
      [/\.[ \t]*[a-z_$][\w$]*/, 'identifier'],
      [/\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w$])/, 'number'],
      [new RegExp(`(?:${phrasePattern})(?![\\w$])`), 'keyword'],
      [
        /[a-z_$][\w$]*(?=[ \t]*\()/,
        {
          cases: {
            '@hints': 'keyword.hint',
            '@functions': 'keyword.function',
            '@types': 'keyword.type',
            '@keywords': 'keyword',
            '@default': 'identifier',
          },
        },
      ],
      [/[a-z_$][\w$]*/, { cases: { '@types': 'keyword.type', '@keywords': 'keyword', '@default': 'identifier' } }],
      [/[()[\]]/, '@brackets'],
      [/[;,.]/, 'delimiter'],
      [/[<>=!+\-*/%|&^~:?]+/, 'operator'],
    ],
    comment: [
      [/[^*]+/, 'comment'],
      [/\*\//, 'comment', '@pop'],
      [/\*/, 'comment'],
    ],
    string: [
      [/[^']+/, 'string'],
      [/''/, 'string'],
      [/'/, 'string', '@pop'],
    ],
    quotedName: [
      [/[^`]+/, 'identifier.quote'],
      [/``/, 'identifier.quote'],
      [/`/, 'identifier.quote', '@pop'],
    ],
  },
};

export const flinkSqlConfiguration: languages.LanguageConfiguration = {
  comments: { lineComment: '--', blockComment: ['/*', '*/'] },
  brackets: [
    ['(', ')'],
    ['[', ']'],
  ],
  autoClosingPairs: [
    { open: '(', close: ')' },
    { open: '[', close: ']' },
    { open: "'", close: "'", notIn: ['string', 'comment'] },
    { open: '`', close: '`', notIn: ['string', 'comment'] },
    { open: '/*', close: ' */', notIn: ['string', 'comment'] },
  ],
  surroundingPairs: [
    { open: '(', close: ')' },
    { open: '[', close: ']' },
    { open: "'", close: "'" },
    { open: '`', close: '`' },
  ],
  wordPattern: /[A-Za-z_$][\w$]*|\d+/,
  onEnterRules: [
    {
      beforeText: /\($/,
      afterText: /^\)/,
      // 2 is IndentAction.IndentOutdent; importing the enum would pull Monaco into this file.
      action: { indentAction: 2 },
    },
  ],
};
