import type { editor } from 'monaco-editor';
import type { SqlError } from '#sandbox/protocol/sql.ts';
import { monacoRange } from '../monaco/monaco-range.ts';

/** Monaco's MarkerSeverity.Error; importing the enum would pull Monaco into this file. */
const ERROR = 8;

/** Returns marks for the errors that have a range, each range and message once. */
export function markersOf(errors: readonly SqlError[]): editor.IMarkerData[] {
  const marks = errors.flatMap(({ message, range }) => (range ? [{ severity: ERROR, message, ...monacoRange(range) }] : []));
  return [...new Map(marks.map((mark) => [JSON.stringify(mark), mark])).values()];
}
