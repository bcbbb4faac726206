/** The parts of monaco-editor 0.57 that run Monarch, which have no types of their own. */
declare module 'monaco-editor/editor/standalone/common/monarch/monarchCompile.js' {
  export function compile(languageId: string, definition: object): object;
}

declare module 'monaco-editor/editor/standalone/common/monarch/monarchLexer.js' {
  export class MonarchTokenizer {
    constructor(languages: object, theme: null, languageId: string, lexer: object, configuration: object);
    getInitialState(): object;
    tokenize(line: string, hasEol: boolean, state: object): { tokens: { offset: number; type: string }[]; endState: object };
  }
}
