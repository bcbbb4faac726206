/** Operators on whole statements, and on what a query reads and writes. */
import { each, type Operator, offsets, readSql, replaceToken, type Span, type Sql, type SqlToken, textOf } from './read-sql.ts';
import { tablesOf, written } from './tables.ts';

function inserts({ tokens }: Sql): Span[] {
  return tokens.flatMap(({ text, depth }, start) => {
    if (text !== 'INSERT' || depth > 0) return [];
    const end = tokens.findIndex((token, index) => index > start && token.depth === 0 && token.text === ';');
    return [{ start, end: end < 0 ? tokens.length : end }];
  });
}

export const dropInsert: Operator = (sql) => inserts(sql).map((span) => ({ ...offsets(sql.tokens, span), text: '' }));

export const insertTwice: Operator = (sql) =>
  inserts(sql).map((span) => ({ ...offsets(sql.tokens, span), text: `${textOf(sql, span)};\n${textOf(sql, span)}` }));

/** The rows are shown, and written nowhere. */
export const selectOnly: Operator = (sql) =>
  inserts(sql).flatMap(({ start, end }) => {
    const query = sql.tokens.findIndex(
      ({ text }, index) => index > start && index < end && (text === 'SELECT' || text === 'WITH'),
    );
    return query < 0 ? [] : [{ start: sql.tokens[start]?.start ?? 0, end: sql.tokens[query]?.start ?? 0, text: '' }];
  });

/** Settings that change what a query does, in front of everything. */
const SETTINGS = ["SET 'execution.runtime-mode' = 'batch';\n", "SET 'table.exec.state.ttl' = '1 s';\n"];

export const addSetting: Operator = () => SETTINGS.map((text) => ({ start: 0, end: 0, text }));

function allTables(sql: Sql) {
  const { before } = sql.surroundings;
  return [...tablesOf({ text: before, tokens: readSql(before) }), ...tablesOf(sql)];
}

export const otherTable: Operator = (sql) => {
  const names = allTables(sql).map(({ name }) => name);
  return each(sql, ['query'], (token, index) => {
    const follows = ['FROM', 'INTO', 'JOIN', 'TABLE'].includes(sql.tokens[index - 1]?.text ?? '') && isQuery(sql.tokens, index);
    if (!follows || !names.includes(written(sql, token))) return [];
    return replaceToken(
      token,
      names.filter((name) => name !== written(sql, token)),
    );
  });
};

/** `CREATE TABLE name` declares the table, and does not read it. */
function isQuery(tokens: readonly SqlToken[], index: number): boolean {
  return !['CREATE', 'TEMPORARY', 'EXISTS'].includes(tokens[index - 2]?.text ?? '');
}

/** The next column of the same table. */
export const otherColumn: Operator = (sql) => {
  const tables = allTables(sql);
  const read = new Set(
    sql.tokens
      .filter((_, index) => /^(FROM|JOIN|TABLE)$/.test(sql.tokens[index - 1]?.text ?? '') && isQuery(sql.tokens, index))
      .map((token) => written(sql, token)),
  );
  const lists = tables.filter(({ name }) => read.has(name)).map(({ columns }) => columns);
  return each(sql, ['query'], (token, index) => {
    const columns = lists.find((names) => names.includes(written(sql, token)));
    if (!columns || sql.tokens[index + 1]?.text === '(') return [];
    const next = columns[(columns.indexOf(written(sql, token)) + 1) % columns.length];
    return next ? replaceToken(token, [next]) : [];
  });
};

/** Windows that overlap: each twice as long as the next one is late. */
export const hoppingWindow: Operator = (sql) =>
  each(sql, ['query'], (token, index) => {
    if (token.text !== 'TUMBLE' || sql.tokens[index + 1]?.text !== '(') return [];
    const interval = sql.tokens.findIndex(({ text }, other) => other > index && text === 'INTERVAL');
    const size = sql.tokens[interval + 1];
    const unit = sql.tokens[interval + 2];
    if (interval < 0 || !size || !unit) return [];
    const head = sql.text.slice(token.end, sql.tokens[interval]?.start);
    const slide = textOf(sql, { start: interval, end: interval + 3 });
    const double = `INTERVAL '${2 * Number(size.text.slice(1, -1))}' ${unit.text}`;
    return [{ start: token.start, end: unit.end, text: `HOP${head}${slide}, ${double}` }];
  });
