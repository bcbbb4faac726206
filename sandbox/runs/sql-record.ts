import type { ServerEvent } from '#sandbox/protocol/event.ts';
import { KEPT_CHANGES } from '#sandbox/protocol/kept-changes.ts';
import type { SqlChange, SqlRun, SqlStatement, SqlTable } from '#sandbox/protocol/sql.ts';

/** Rows of a folded table that are shown. */
const SHOWN_ROWS = 200;
/** A table that changes is told at most this often: each event carries all of its rows. */
const TABLE_MS = 250;
/** Longer values are cut: a page shows some 40 characters of one. */
const VALUE_CHARACTERS = 2048;

interface Result {
  index: number;
  /** Number of the first kept change. */
  first: number;
  changes: SqlChange[];
  table: SqlTable;
  /** Runs while the last table was told less than TABLE_MS ago. */
  timer: NodeJS.Timeout | null;
  isTold: boolean;
}

/** The SQL side of a run: statements and what they gave, bounded, with the events that tell of each change. */
export class SqlRecord {
  readonly #runId: string;
  readonly #publish: (event: ServerEvent) => void;
  readonly #statements = new Map<number, SqlStatement>();
  readonly #results = new Map<number, Result>();

  constructor(runId: string, publish: (event: ServerEvent) => void) {
    this.#runId = runId;
    this.#publish = publish;
  }

  /** In the order of the files. */
  statements(): SqlStatement[] {
    return [...this.#statements.values()].sort((one, other) => one.index - other.index);
  }

  /** Jobs that work for its statements. */
  jobs(): { jobId: string; statement: number }[] {
    return this.statements().flatMap(({ jobId, index }) => (jobId === null ? [] : [{ jobId, statement: index }]));
  }

  tell(statement: SqlStatement): void {
    this.#statements.set(statement.index, statement);
    this.#publish({ type: 'sql.statement', runId: this.#runId, statement });
  }

  /** @param first number of the first of these changes among those of the statement */
  add(index: number, first: number, changes: readonly SqlChange[]): void {
    const result = this.#resultOf(index);
    const dropped = Math.max(0, changes.length - KEPT_CHANGES);
    const newest = changes.slice(dropped).map(cut);
    result.changes = [...result.changes, ...newest].slice(-KEPT_CHANGES);
    result.first = first + changes.length - result.changes.length;
    const statement = this.#statements.get(index);
    if (statement) this.#statements.set(index, { ...statement, changeCount: first + changes.length });
    this.#publish({ type: 'sql.changes', runId: this.#runId, index, first: first + dropped, changes: newest });
  }

  fold(index: number, table: SqlTable): void {
    const result = this.#resultOf(index);
    result.table = { rows: table.rows.slice(0, SHOWN_ROWS).map((row) => row.map(cutValue)), total: table.total };
    result.isTold = false;
    if (!result.timer) this.#tellTable(result);
  }

  /** Tells what waits. */
  flush(): void {
    for (const result of this.#results.values()) {
      if (result.timer) clearTimeout(result.timer);
      result.timer = null;
      if (!result.isTold) this.#publishTable(result);
    }
  }

  toWire(): SqlRun {
    const results = [...this.#results.values()].sort((one, other) => one.index - other.index);
    return {
      statements: this.statements(),
      results: results.map(({ index, first, changes, table }) => ({ index, first, changes, table })),
    };
  }

  #tellTable(result: Result): void {
    this.#publishTable(result);
    result.timer = setTimeout(() => {
      result.timer = null;
      if (!result.isTold) this.#tellTable(result);
    }, TABLE_MS);
  }

  #publishTable(result: Result): void {
    result.isTold = true;
    this.#publish({ type: 'sql.table', runId: this.#runId, index: result.index, table: result.table });
  }

  #resultOf(index: number): Result {
    const known = this.#results.get(index);
    if (known) return known;
    const result: Result = { index, first: 0, changes: [], table: { rows: [], total: 0 }, timer: null, isTold: true };
    this.#results.set(index, result);
    return result;
  }
}

function cut(change: SqlChange): SqlChange {
  return { ...change, values: change.values.map(cutValue) };
}

function cutValue(value: string | null): string | null {
  return value !== null && value.length > VALUE_CHARACTERS ? `${value.slice(0, VALUE_CHARACTERS)}…` : value;
}
