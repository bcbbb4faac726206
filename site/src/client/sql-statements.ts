/** How the statements of a run are listed. Pure. */
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { SqlError, SqlStatement } from '#sandbox/protocol/sql.ts';
import { duration, many, waited } from './words.ts';

/** More than the widest line shows. */
const SHOWN_LETTERS = 120;

/** The first words of a statement, on one line and without comments; what stands at its place may have been edited since it ran. */
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
  /** When the run started, ms since 1970; null where that is not known. */
  startedAt: number | null;
  now: number;
}

/** `running 4 min 52 s, 28 changes`, `finished after 1.2 s`, `failed`. */
export function statementState(statement: SqlStatement, { count, startedAt, now }: Progress): string {
  const { status, startMs, endMs, kind } = statement;
  const changes = kind === 'query' || count > 0 ? `, ${many(count, 'change')}` : '';
  const took = startMs === undefined || endMs === undefined ? '' : ` after ${duration(endMs - startMs)}`;
  switch (status) {
    case 'running': {
      const since = startedAt === null || startMs === undefined || now === 0 ? '' : ` ${waited(startedAt + startMs, now)}`;
      return `running${since}${changes}`;
    }
    case 'finished':
      return `finished${took}${changes}`;
    case 'failed':
      return `failed${took}`;
    case 'cancelled':
      return `stopped${took}${changes}`;
  }
}

/** `line 4, column 8`. */
export function placeInWords({ range }: Pick<SqlError, 'range'>): string | null {
  return range && `line ${range.line}, column ${range.column}`;
}

/** Statements of one file that stand in one line: all of a file that the learner cannot edit, as long as none failed. */
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
