/** Lists the statements of a run. Pure. */
import { counted } from '#lessons/counted.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { SqlError, SqlStatement } from '#sandbox/protocol/sql.ts';
import { duration, waited } from './words.ts';

/** More than the widest line shows. */
const SHOWN_LETTERS = 120;

/** Returns the first words of a statement, on one line and without comments. The files may have changed since it ran. */
export function statementText(files: Files, { file, range }: SqlStatement): string {
  const lines = (files[file] ?? '').split('\n').slice(range.line - 1, range.endLine);
  const last = lines.length - 1;
  const text = lines.map((line, index) =>
    line.slice(index === 0 ? range.column - 1 : 0, index === last ? range.endColumn : undefined),
  );
  return text
    .join('\n')
    .replaceAll(/--[^\n]*|\/\*(?!\+)[\s\S]*?\*\//g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, SHOWN_LETTERS);
}

interface Progress {
  /** Changes so far. */
  count: number;
  /** Start of the run, ms since 1970; null when unknown. */
  startedAt: number | null;
  now: number;
}

/** Returns `accepted`, `running 4 min 52 s, 28 changes`, `finished after 1.2 s`, `refused at line 12` or `failed after 3 s`. */
export function statementState(statement: SqlStatement, { count, startedAt, now }: Progress): string {
  const { status, startMs, endMs, kind, jobId, error, range } = statement;
  const changes = kind === 'query' || count > 0 ? `, ${counted(count, 'change')}` : '';
  const took = startMs === undefined || endMs === undefined ? '' : ` after ${duration(endMs - startMs)}`;
  switch (status) {
    case 'running': {
      const since = startedAt === null || startMs === undefined || now === 0 ? '' : ` ${waited(startedAt + startMs, now)}`;
      return `running${since}${changes}`;
    }
    case 'finished':
      return kind === 'other' ? `accepted${changes}` : `finished${took}${changes}`;
    case 'failed':
      // Without a job, Flink or the gate refused it before it ran.
      return jobId === null ? `refused at line ${(error?.range ?? range).line}` : `failed${took}`;
    case 'cancelled':
      return `stopped${took}${changes}`;
  }
}

/** Returns `line 4, column 8`. */
export function rangeInWords({ range }: Pick<SqlError, 'range'>): string | null {
  return range && `line ${range.line}, column ${range.column}`;
}

/** A line of the list: a statement, or all statements of a read-only file when every one has finished. */
export type Listed = { statement: SqlStatement } | { file: string; finished: number };

export function listed(statements: readonly SqlStatement[], editable: readonly string[]): Listed[] {
  const given = [...new Set(statements.map(({ file }) => file))].filter(
    (file) => !editable.includes(file) && statements.every((other) => other.file !== file || other.status === 'finished'),
  );
  return [
    ...given.map((file) => ({ file, finished: statements.filter((other) => other.file === file).length })),
    ...statements.filter(({ file }) => !given.includes(file)).map((statement) => ({ statement })),
  ];
}
