/**
 * Reads what the lens needs from an exercise's SQL: the topic of a table, the field with the event time, the delay of the watermark, the
 * length of a window. Knows the syntax that lessons use; leaves out what it does not recognize.
 */

import { inParentheses, intervalMs, NAME, plain, splitAtCommas } from './sql-parts.ts';
import { firstWindow, type WindowSpec } from './window-spec.ts';

/** Where the event time of a table's row comes from. */
export interface Rowtime {
  column: string;
  /** Field of the record's JSON value; null for the record's own timestamp. */
  field: string | null;
  /** Delay of the watermark behind the newest event; null when the text does not state it plainly. */
  delayMs: number | null;
}

/** A table as its `CREATE TABLE` declares it. */
export interface DeclaredTable {
  name: string;
  topic: string | null;
  /** Whether a record is the latest row of its key, and a tombstone removes a row. */
  upsert: boolean;
  columns: string[];
  /** Fields of the record's key. */
  keyFields: string[];
  rowtime: Rowtime | null;
  /** Whether the source emits a watermark with each event, not every 200 ms. */
  onEvent: boolean;
  /** Whether the source reads only records stored after its start. */
  fromLatest: boolean;
}

export interface SqlText {
  tables: DeclaredTable[];
  /** The first window of the text. */
  window: WindowSpec | null;
  /** Columns of the first GROUP BY, without those of the window. */
  groupBy: string[];
  /** Whether any rows wait for the watermark: in windows, patterns or temporal joins. */
  waitsForTime: boolean;
}

/** @param texts the files in the order they run */
export function readSqlText(texts: readonly string[]): SqlText {
  const text = texts.map(withoutComments).join('\n;\n');
  const tables = new Map<string, DeclaredTable>();
  for (const table of declaredTables(text)) tables.set(table.name, table);
  for (const { table, column, delayMs } of alteredWatermarks(text)) {
    const declared = tables.get(table);
    if (declared) tables.set(table, { ...declared, rowtime: { column, field: column, delayMs } });
  }
  const groupBy = firstGroup(text);
  return {
    tables: [...tables.values()],
    window: firstWindow(text, groupBy),
    groupBy,
    waitsForTime: /\b(?:TUMBLE|HOP|CUMULATE|SESSION|MATCH_RECOGNIZE|SYSTEM_TIME|CURRENT_WATERMARK)\b/i.test(text),
  };
}

function withoutComments(text: string): string {
  return text.replace(/('(?:[^']|'')*'|`[^`]*`)|--[^\n]*|\/\*[\s\S]*?\*\//g, (_, kept: string | undefined) => kept ?? ' ');
}

function declaredTables(text: string): DeclaredTable[] {
  const start = new RegExp(`\\bCREATE\\s+(?:TEMPORARY\\s+)?TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?${NAME}\\s*\\(`, 'gi');
  return [...text.matchAll(start)].map((match) => {
    const from = match.index + match[0].length;
    const body = inParentheses(text, from);
    const options = optionsOf(text.slice(from + body.length + 1));
    const parts = splitAtCommas(body);
    const columns = parts.flatMap(columnOf);
    const name = plain(match[1]);
    return {
      name,
      topic: options.get('topic') ?? null,
      upsert: options.get('connector') === 'upsert-kafka',
      columns: columns.map((column) => column.name),
      keyFields: options.get('key.fields')?.split(';') ?? parts.flatMap(primaryKey),
      rowtime: rowtimeOf(parts, columns),
      onEvent: options.get('scan.watermark.emit.strategy') === 'on-event',
      fromLatest: options.get('scan.startup.mode') === 'latest-offset',
    };
  });
}

/** Reads options, such as `'topic' = 'orders'`, of the WITH that follows, up to the statement's end. */
function optionsOf(rest: string): Map<string, string> {
  const statement = /^(?:'(?:[^']|'')*'|[^;'])*/.exec(rest)?.[0] ?? '';
  return new Map([...statement.matchAll(/'([^']+)'\s*=\s*'([^']*)'/g)].map(([, name = '', value = '']) => [name, value]));
}

interface Column {
  name: string;
  rest: string;
}

function columnOf(part: string): Column[] {
  if (/^(WATERMARK\s+FOR|PRIMARY\s+KEY|CONSTRAINT)\b/i.test(part)) return [];
  const [, name, rest = ''] = new RegExp(`^${NAME}\\s+(.*)$`, 's').exec(part) ?? [];
  return name === undefined ? [] : [{ name: plain(name), rest }];
}

function primaryKey(part: string): string[] {
  const [, names = ''] = /PRIMARY\s+KEY\s*\(([^)]*)\)/i.exec(part) ?? [];
  return names
    .split(',')
    .map((name) => plain(name.trim()))
    .filter((name) => name !== '');
}

function rowtimeOf(parts: readonly string[], columns: readonly Column[]): Rowtime | null {
  for (const part of parts) {
    const [, name, expression = ''] = new RegExp(`^WATERMARK\\s+FOR\\s+${NAME}\\s+AS\\s+(.*)$`, 'is').exec(part) ?? [];
    if (name === undefined) continue;
    const column = plain(name);
    return { column, field: fieldOf(column, columns), delayMs: delayOf(expression) };
  }
  return null;
}

/** Returns the field that a column's value comes from: its own, or the first one named in its expression. */
function fieldOf(column: string, columns: readonly Column[]): string | null {
  const rest = columns.find(({ name }) => name === column)?.rest ?? '';
  if (/\bMETADATA\b/i.test(rest)) return null;
  if (!/^AS\b/i.test(rest)) return column;
  const words = rest.match(/`[^`]+`|[A-Za-z_]\w*/g)?.map(plain) ?? [];
  return words.find((word) => word !== column && columns.some(({ name }) => name === word)) ?? column;
}

function delayOf(expression: string): number | null {
  if (!/INTERVAL/i.test(expression)) return /^[\w`\s]+$/.test(expression) ? 0 : null;
  return /-\s*INTERVAL/i.test(expression) ? intervalMs(expression) : null;
}

function alteredWatermarks(text: string): { table: string; column: string; delayMs: number | null }[] {
  const altered = new RegExp(
    `\\bALTER\\s+TABLE\\s+${NAME}\\s+(?:ADD|MODIFY)\\s*\\(?\\s*WATERMARK\\s+FOR\\s+${NAME}\\s+AS\\s+([^;)]*)`,
    'gi',
  );
  return [...text.matchAll(altered)].map(([, table, column, expression = '']) => ({
    table: plain(table),
    column: plain(column),
    delayMs: delayOf(expression),
  }));
}

function firstGroup(text: string): string[] {
  const [, list = ''] = /\bGROUP\s+BY\s+((?:\([^)]*\)|[^;)(])*)/i.exec(text) ?? [];
  return list
    .replace(/\b(?:HAVING|WINDOW|ORDER|UNION)\b[\s\S]*/i, '')
    .split(',')
    .map((part) => plain(part.trim()))
    .filter((name) => /^\w+$/.test(name) && !/^window_(start|end|time)$/i.test(name));
}
