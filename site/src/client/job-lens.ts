/** Chooses what the job view of the lens shows, from the run, its jobs, its topics and its SQL. Pure. */
import type { LensJob, LensOperator } from '#sandbox/protocol/lens.ts';
import type { SqlStatement } from '#sandbox/protocol/sql.ts';
import { eventMsOf } from './event-clock.ts';
import { fieldOf, rowOf } from './event-point.ts';
import { isSource } from './jobs-state.ts';
import type { KeyColour, KnownRecord, RecordLog } from './record-log.ts';
import type { SqlResult } from './sql-state.ts';
import type { DeclaredTable, SqlText } from './sql-text.ts';

/** What the lens can show of a statement: its job, and the rows of a query, which are there before Flink has told of the job. */
export interface JobEntry {
  statement: number;
  job: LensJob | null;
  result: SqlResult | null;
}

/** Returns an entry for each job and for each query that has rows or columns, in the order of statements. */
export function jobEntries(jobs: readonly LensJob[], results: readonly SqlResult[]): JobEntry[] {
  const queries = results.filter(isDrawnInLens);
  const numbers = new Set(
    [...jobs, ...queries.map((result) => ({ statement: result.statement.index }))].map((one) => one.statement),
  );
  return [...numbers]
    .sort((a, b) => a - b)
    .map((statement) => ({
      statement,
      job: jobs.find((job) => job.statement === statement) ?? null,
      result: queries.find((result) => result.statement.index === statement) ?? null,
    }));
}

/** Whether the rows of a result are drawn in the lens; those of EXPLAIN, SHOW and the like are in the output. */
export function isDrawnInLens({ statement }: Pick<SqlResult, 'statement'>): boolean {
  return statement.kind !== 'other';
}

/** Returns the entry to show: the one that was picked, else the newest that is still running, else the newest. */
export function entryShown(entries: readonly JobEntry[], picked: number | null): JobEntry | null {
  return (
    entries.find(({ statement }) => statement === picked) ??
    entries.findLast(({ job, result }) => job?.state === 'RUNNING' || (!job && result?.statement.status === 'running')) ??
    entries.at(-1) ??
    null
  );
}

/** Names each entry after the table that its job writes to, and adds the line of its statement when that is not unique. */
export function entryNames(
  entries: readonly JobEntry[],
  statements: readonly SqlStatement[],
  sql: SqlText,
): { entry: JobEntry; name: string }[] {
  const named = entries.map((entry) => {
    const statement = statements.find(({ index }) => index === entry.statement);
    const line = statement ? `line ${statement.range.line}` : `statement ${entry.statement + 1}`;
    return { entry, line, to: entry.job ? sinkOf(entry.job, sql, statement)?.name : undefined };
  });
  return named.map(({ entry, line, to }) => {
    if (to === undefined) return { entry, name: line };
    return { entry, name: named.filter((other) => other.to === to).length > 1 ? `to ${to}, ${line}` : `to ${to}` };
  });
}

/** Returns a source of the job and its table: the first one with an event time, else the first one whose table is known. */
export function sourceOf(
  job: LensJob,
  { tables }: SqlText,
): { operator: LensOperator; table: DeclaredTable; topic: string } | null {
  const sources = job.operators.filter(isSource).flatMap((operator) => {
    const read = operator.partitions[0]?.topic;
    const table = tables.find(({ topic }) => read !== undefined && topic === read) ?? tableNamed(operator, tables);
    return table?.topic ? [{ operator, table, topic: table.topic }] : [];
  });
  return sources.find(({ table }) => table.rowtime !== null) ?? sources[0] ?? null;
}

/** Returns the table that the job writes to; null for a query, whose rows the page shows. */
export function sinkOf({ operators }: LensJob, { tables }: SqlText, statement: SqlStatement | undefined): DeclaredTable | null {
  if (statement?.kind === 'query') return null;
  const ends = operators.filter(({ id, inputs }) => inputs.length > 0 && !operators.some((other) => other.inputs.includes(id)));
  for (const end of ends) {
    const table = tableNamed(end, tables);
    if (table?.topic) return table;
  }
  return null;
}

/** Returns the table that an operator names, as in `Sink per_minute` and `Source: readings[1]`. */
function tableNamed({ name, detail }: LensOperator, tables: readonly DeclaredTable[]): DeclaredTable | null {
  const words = new Set(`${name} ${detail}`.match(/\w+/g));
  return tables.find((table) => words.has(table.name)) ?? null;
}

const WINDOW_END = /^window_?end$/i;

/** Returns when rows of closed windows appeared in the result or on the sink's topic: the watermark had passed their end by then. */
export function closings({
  result,
  sink,
  startedAt,
}: {
  result: SqlResult | null;
  sink: readonly KnownRecord[];
  startedAt: number | null;
}): { atMs: number; windowEndMs: number }[] {
  const column = result?.statement.columns.findIndex(({ name }) => WINDOW_END.test(name)) ?? -1;
  const shown = (column < 0 ? [] : (result?.changes ?? [])).flatMap(({ op, values, atMs }) => {
    const windowEndMs = op === '+I' ? eventMsOf(values[column]) : null;
    return windowEndMs === null ? [] : [{ atMs, windowEndMs }];
  });
  const written = sink.flatMap((record) => {
    const windowEndMs = eventMsOf(fieldOf(record, 'window_end'));
    return windowEndMs === null || startedAt === null ? [] : [{ atMs: record.timestampMs - startedAt, windowEndMs }];
  });
  return [...shown, ...written].filter(({ atMs }) => atMs >= 0);
}

/** What the colours of a source mean, and the colour of a value in a given column. */
export interface Colouring {
  /** Field that gives the colour: `zone`; null when there is none. */
  by: string | null;
  values: readonly string[];
  ofRecord: (record: KnownRecord) => KeyColour | null;
  ofValue: (column: string, value: string | null) => KeyColour | null;
}

const KEY_COLOURS = 6;

/** Colours by the first GROUP BY column that records have; null when there is none. */
export function groupColouring(records: readonly KnownRecord[], { groupBy }: SqlText): Colouring | null {
  const field = groupBy.find((name) => records.some((record) => typeof fieldOf(record, name) === 'string'));
  if (field === undefined) return null;
  const textOf = (record: KnownRecord) => {
    const value = fieldOf(record, field);
    return typeof value === 'string' ? value : null;
  };
  const values = [...new Set(records.flatMap((record) => textOf(record) ?? []))];
  const colour = colours(values);
  return {
    by: field,
    values,
    ofRecord: (record) => colour(textOf(record)),
    ofValue: (column, value) => (column === field ? colour(value) : null),
  };
}

/** Colours by the records' key, as in the lanes of the topic. */
export function keyColouring(topic: string, log: RecordLog, { tables }: SqlText): Colouring {
  const keys = log.keys(topic);
  const fields = tables.find((table) => table.topic === topic)?.keyFields ?? [];
  const [field = null] = fields.length === 1 ? fields : [];
  const values = keys.map((key) => (field === null ? key : plainKey(key, field)));
  const colour = colours(values);
  // When almost every row has its own key, colour says nothing.
  const tells = keys.length <= 2 * KEY_COLOURS;
  return {
    by: keys.length === 0 ? null : (field ?? 'key'),
    values,
    ofRecord: (record) => log.colour(topic, record.key),
    ofValue: (column, value) => (tells && (field === null || column === field) ? colour(value) : null),
  };
}

/** Returns `ada` for `{"customer":"ada"}`. */
function plainKey(key: string, field: string): string {
  const value = rowOf(key)?.[field];
  return typeof value === 'string' ? value : key;
}

function colours(values: readonly string[]): (value: string | null) => KeyColour | null {
  const places = new Map(values.map((value, place) => [value, place]));
  return (value) => {
    const place = value === null ? undefined : places.get(value);
    return place === undefined ? null : { index: (place % KEY_COLOURS) + 1, outlined: place >= KEY_COLOURS };
  };
}
