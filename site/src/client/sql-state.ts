/** A SQL run as the page shows it: its statements, their changes, and the table that the changes add up to. Pure functions. */
import type { ServerEvent } from '#sandbox/protocol/event.ts';
import type { SqlChange, SqlRun, SqlStatement, SqlTable } from '#sandbox/protocol/sql.ts';

/** Changes of one statement that the page keeps: as many as the server returns after a reload. */
const KEPT_CHANGES = 500;

export interface SqlView {
  /** In the order of the files. */
  statements: readonly SqlStatement[];
  /** By the index of their statement. */
  rows: Readonly<Record<number, SqlRows>>;
}

export interface SqlRows {
  /** Number of the first kept change among those of the statement, from 0. */
  first: number;
  /** The newest ones, without a gap. */
  changes: readonly SqlChange[];
  /** Null until the server has folded them. */
  table: SqlTable | null;
}

/** A statement that emits rows, with its rows so far. */
export interface SqlResult extends SqlRows {
  statement: SqlStatement;
  /** Number of changes so far, kept or not. */
  count: number;
}

export type SqlEvent = Extract<ServerEvent, { type: 'sql.statement' | 'sql.changes' | 'sql.table' }>;

export const NO_SQL: SqlView = { statements: [], rows: {} };
const NO_ROWS: SqlRows = { first: 0, changes: [], table: null };

/** Returns the results of a run in statement order: queries once their columns are known, others once they have emitted a row. */
export function sqlResults({ statements, rows }: SqlView): SqlResult[] {
  return statements
    .map((statement) => {
      const given = rows[statement.index] ?? NO_ROWS;
      return { ...given, statement, count: Math.max(statement.changeCount, given.first + given.changes.length) };
    })
    .filter(({ statement, count }) => (statement.kind === 'query' && statement.columns.length > 0) || count > 0);
}

/** Returns the view after an event of its run. */
export function sqlAfterEvent(view: SqlView, event: SqlEvent): SqlView {
  switch (event.type) {
    case 'sql.statement':
      return { ...view, statements: withStatement(view.statements, event.statement) };
    case 'sql.changes':
      return withRows(view, event.index, (rows) => ({ ...rows, ...withChanges(rows, event) }));
    case 'sql.table':
      return withRows(view, event.index, (rows) => ({ ...rows, table: event.table }));
  }
}

/** Returns the view of the same run after `GET /api/runs/:id`, whose response may be older than what the stream has sent. */
export function sqlFromServer(view: SqlView, run: SqlRun | null): SqlView {
  if (run === null) return view;
  const statements = run.statements.reduce(withStatement, view.statements);
  return run.results.reduce(
    (all, { index, first, changes, table }) =>
      withRows(all, index, (rows) => {
        const older = first + changes.length < rows.first + rows.changes.length;
        return { ...withChanges(rows, { first, changes }), table: older ? (rows.table ?? table) : table };
      }),
    { ...view, statements },
  );
}

/** Adds or updates a statement. An ended statement does not run again: a report that it runs is older. */
function withStatement(have: readonly SqlStatement[], statement: SqlStatement): readonly SqlStatement[] {
  const known = have.find(({ index }) => index === statement.index);
  if (!known) return [...have, statement].sort((a, b) => a.index - b.index);
  const isOlder =
    (known.status !== 'running' && statement.status === 'running') ||
    (known.status === statement.status && known.changeCount > statement.changeCount);
  return isOlder ? have : have.map((other) => (other === known ? statement : other));
}

function withRows(view: SqlView, index: number, change: (rows: SqlRows) => SqlRows): SqlView {
  return { ...view, rows: { ...view.rows, [index]: change(view.rows[index] ?? NO_ROWS) } };
}

type Stretch = Pick<SqlRows, 'first' | 'changes'>;

/** Merges two ranges of changes. When changes between them are missing, the later range stays. */
function withChanges(have: Stretch, more: Stretch): Stretch {
  const haveEnd = have.first + have.changes.length;
  const moreEnd = more.first + more.changes.length;
  if (more.first > haveEnd || have.changes.length === 0) return newest(more);
  if (have.first > moreEnd || more.changes.length === 0) return newest(have);
  const first = Math.min(have.first, more.first);
  const before = have.first <= more.first ? have : more;
  const after = haveEnd >= moreEnd ? have : more;
  if (before === after) return newest(before);
  return newest({
    first,
    changes: [...before.changes, ...after.changes.slice(before.first + before.changes.length - after.first)],
  });
}

function newest({ first, changes }: Stretch): Stretch {
  const dropped = Math.max(0, changes.length - KEPT_CHANGES);
  return { first: first + dropped, changes: dropped === 0 ? changes : changes.slice(dropped) };
}
