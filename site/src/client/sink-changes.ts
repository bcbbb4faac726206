/** What a job has written to a topic, as changes of a table, and the table that they add up to. Pure. */
import type { SqlChange, SqlTable } from '#sandbox/protocol/sql.ts';
import { rowOf } from './event-point.ts';
import type { KnownRecord } from './record-log.ts';
import type { DeclaredTable } from './sql-text.ts';

export interface SinkChanges {
  columns: string[];
  changes: SqlChange[];
  table: SqlTable;
}

/** As many rows as the server sends for a folded result. */
const MOST_ROWS = 200;

/**
 * Returns the changes of a sink. A record of an append sink is a row that stays. In an upsert sink, the latest record of a key is its row,
 * and a tombstone removes the row. Changes are named as in Flink: `-U` and `+U`, `-D`.
 */
export function sinkChanges(records: readonly KnownRecord[], sink: DeclaredTable, startedAt: number | null): SinkChanges {
  const ordered = [...records].sort(
    (a, b) => a.timestampMs - b.timestampMs || a.partition - b.partition || Number(a.offset) - Number(b.offset),
  );
  const columns = columnsOf(ordered, sink);
  const atMs = ({ timestampMs }: KnownRecord) => Math.max(0, timestampMs - (startedAt ?? timestampMs));
  if (!sink.upsert) {
    const changes = ordered.map(
      (record): SqlChange => ({ op: '+I', values: valuesOf(record, columns, sink), atMs: atMs(record) }),
    );
    return { columns, changes, table: tableOf(changes.map(({ values }) => values)) };
  }
  const rows = new Map<string | null, SqlChange['values']>();
  const changes: SqlChange[] = [];
  for (const record of ordered) {
    const before = rows.get(record.key);
    if (record.value === null) {
      rows.delete(record.key);
      if (before) changes.push({ op: '-D', values: before, atMs: atMs(record) });
      continue;
    }
    const values = valuesOf(record, columns, sink);
    rows.set(record.key, values);
    if (before) changes.push({ op: '-U', values: before, atMs: atMs(record) });
    changes.push({ op: before ? '+U' : '+I', values, atMs: atMs(record) });
  }
  return { columns, changes, table: tableOf([...rows.values()]) };
}

function columnsOf(records: readonly KnownRecord[], { columns, keyFields }: DeclaredTable): string[] {
  if (columns.length > 0) return columns;
  const fields = records.flatMap((record) => Object.keys(rowOf(record.value) ?? {}));
  const found = [...new Set([...keyFields, ...fields])];
  return found.length > 0 ? found : ['key', 'value'];
}

/** Reads each column from the value, else from the key; a key that is not JSON is the value of its only field. */
function valuesOf(record: KnownRecord, columns: readonly string[], { keyFields }: DeclaredTable): (string | null)[] {
  const value = rowOf(record.value);
  if (value === null && columns.join() === 'key,value') return [record.key, record.value];
  const key = rowOf(record.key) ?? (keyFields.length === 1 ? { [keyFields[0] ?? '']: record.key } : {});
  return columns.map((column) => textOf(value?.[column] ?? key[column]));
}

function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function tableOf(rows: readonly SqlChange['values'][]): SqlTable {
  return { rows: rows.slice(-MOST_ROWS), total: rows.length };
}
