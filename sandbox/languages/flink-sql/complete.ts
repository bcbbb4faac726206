import type { SqlCompletions } from '#sandbox/protocol/sql.ts';
import { StatementError } from '#sandbox/services/flink/client/gateway.ts';
import { openScratch, type Scratch } from '#sandbox/services/flink/session/scratch.ts';
import { prepare, type SqlCheckOptions } from './check.ts';
import { type CursorContext, contextOfCursor } from './cursor.ts';
import { splitSql } from './split.ts';
import { offsetOf } from './text-position.ts';

export interface SqlCompleteOptions extends SqlCheckOptions {
  /** Position of the cursor in `file`, both from 1. */
  line: number;
  column: number;
}

type Item = SqlCompletions['items'][number];

interface Names {
  tables: string[];
  /** Columns of the tables that the statement names. */
  columns: string[];
  functions: string[];
}

/**
 * Returns what can be typed at a place in a file: columns, tables, functions and keywords, in this order, as Flink knows the tables that
 * the statements before it create. Returns nothing in comments and in texts.
 *
 * @throws PlatformError SERVICE_NOT_READY when Flink is not responding; the signal's reason
 */
export async function completeSql(options: SqlCompleteOptions): Promise<Item[]> {
  const { file, before } = options;
  const context = contextOfCursor(file.text, offsetOf(file.text, options));
  if (!context) return [];
  await using scratch = await openScratch(options);
  const earlier = splitSql(file).filter(({ end }) => end <= context.start);
  await prepare(scratch, [...before.flatMap(splitSql), ...earlier]);
  const names = await namesFor(scratch, context);
  const words = context.wants === 'anything' ? await flinkWords(options, scratch, context) : [];
  return itemsOf(words, names, context);
}

async function namesFor({ ask }: Scratch, { words }: CursorContext): Promise<Names> {
  const firstValues = async (sql: string) => (await ask(sql)).flatMap(({ values }) => values[0] ?? []);
  const tables = await firstValues('SHOW TABLES');
  const columns: string[] = [];
  for (const table of tables.filter((name) => words.has(name.toUpperCase()))) {
    columns.push(...(await firstValues(`DESCRIBE \`${table}\``)));
  }
  return { tables, columns, functions: await firstValues('SHOW FUNCTIONS') };
}

/** Returns what Flink's parser expects; nothing for a statement that it cannot parse. */
async function flinkWords(
  { flink, signal }: SqlCompleteOptions,
  { session }: Scratch,
  context: CursorContext,
): Promise<string[]> {
  try {
    return await flink.gateway.complete(session.id, context.statement, context.offset, signal);
  } catch (error) {
    if (error instanceof StatementError) return [];
    throw error;
  }
}

const KEYWORDS = new Set(
  `SELECT DISTINCT ALL FROM WHERE GROUP BY HAVING ORDER LIMIT JOIN LEFT RIGHT FULL INNER OUTER CROSS ON USING UNION INTERSECT EXCEPT
  AND OR NOT IS NULL TRUE FALSE IN EXISTS BETWEEN LIKE CASE WHEN THEN ELSE END CAST AS LATERAL TABLE UNNEST INTERVAL OVER PARTITION
  VALUES WITH MATCH_RECOGNIZE ROW_NUMBER RANK DENSE_RANK DATE TIME TIMESTAMP ARRAY MAP ROW`.split(/\s+/),
);
const ORDER = ['column', 'table', 'function', 'keyword'] as const;

function itemsOf(words: readonly string[], { tables, columns, functions }: Names, { wants, partial }: CursorContext): Item[] {
  const known = new Set(functions.map((name) => name.toUpperCase()));
  const kindOf = (word: string): Item['kind'] => {
    if (columns.includes(word)) return 'column';
    if (tables.includes(word)) return 'table';
    return KEYWORDS.has(word) ? 'keyword' : 'function';
  };
  // Flink's parser knows words of other products that Flink does not support.
  const isMeant = (word: string) => KEYWORDS.has(word) || known.has(word) || columns.includes(word) || tables.includes(word);
  const own = { tables, columns, anything: [] }[wants];
  // Table names come with catalog and database, which no one writes here; the other words are operators and quotes.
  const names = words
    .filter((word) => !/^default_catalog(\.default_database)?$/.test(word))
    .map((word) => word.replace('default_catalog.default_database.', '').replaceAll('`', ''))
    .filter(isMeant);
  return [...new Set([...own, ...names])]
    .filter((label) => label.toUpperCase().startsWith(partial.toUpperCase()))
    .map((label) => ({ label, kind: kindOf(label) }))
    .sort((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind));
}
