import type { editor } from 'monaco-editor';
import type { SqlError } from '#sandbox/protocol/sql.ts';
import { monacoRange } from '../monaco-range.ts';

/** Monaco's MarkerSeverity.Error; the enum itself would bring Monaco into this file. */
const ERROR = 8;

/** Marks of the errors that have a place, each place and message once. */
export function markersOf(errors: readonly SqlError[]): editor.IMarkerData[] {
  const marks = errors.flatMap(({ message, range }) => (range ? [{ severity: ERROR, message, ...monacoRange(range) }] : []));
  return [...new Map(marks.map((mark) => [JSON.stringify(mark), mark])).values()];
}
