import type { IRange } from 'monaco-editor';
import type { SqlRange } from '#sandbox/protocol/sql.ts';

/** The protocol's ranges hold their last letter; Monaco's end before it. */
export function monacoRange({ line, column, endLine, endColumn }: SqlRange): IRange {
  return { startLineNumber: line, startColumn: column, endLineNumber: endLine, endColumn: endColumn + 1 };
}
