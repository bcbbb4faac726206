/** Colours TypeScript in the field: comments, strings, numbers, words. */
import type { Grammar } from './grammar.ts';

const WORDS =
  'abstract|any|as|asserts|async|await|bigint|boolean|break|case|catch|class|const|constructor|continue|debugger|declare|default|' +
  'delete|do|else|enum|export|extends|false|finally|for|from|function|get|if|implements|import|in|infer|instanceof|interface|is|' +
  'keyof|let|module|namespace|never|new|null|number|object|of|out|override|package|private|protected|public|readonly|require|' +
  'return|satisfies|set|static|string|super|switch|symbol|this|throw|true|try|type|typeof|undefined|unique|unknown|using|var|void|while|with|yield';

export const typescriptGrammar: Grammar = {
  source: [
    '(?<c>\\/\\/[^\\n]*|\\/\\*[^]*?(?:\\*\\/|$))',
    '(?<t>\'(?:\\\\.|[^\'\\\\\\n])*\'?|"(?:\\\\.|[^"\\\\\\n])*"?|`(?:\\\\[^]|[^`\\\\])*`?)',
    '(?<n>(?<![\\w$])\\d[\\w.]*)',
    `(?<w>(?<![\\w$.])(?:${WORDS})(?![\\w$]))`,
  ].join('|'),
  flags: 'g',
};
