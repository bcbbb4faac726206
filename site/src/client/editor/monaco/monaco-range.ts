import type { IRange } from 'monaco-editor';
import type { SqlRange } from '#sandbox/protocol/sql.ts';

/** Returns a range for Monaco. The end column is inclusive in the protocol, exclusive in Monaco. */
export function monacoRange({ line, column, endLine, endColumn }: SqlRange): IRange {
  return { startLineNumber: line, startColumn: column, endLineNumber: endLine, endColumn: endColumn + 1 };
}
