/** Operators on how tables are declared. */
import { dropEach, each, itemsFrom, type Operator, replaceToken, type Sql, type SqlToken, textOf } from './read-sql.ts';

const NO_COLUMN = ['WATERMARK', 'PRIMARY', 'CONSTRAINT', 'UNIQUE', 'PERIOD'];

/** Other values of an option that Flink also takes. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  connector: ['kafka', 'upsert-kafka'],
  'scan.startup.mode': ['earliest-offset', 'latest-offset', 'group-offsets'],
  'scan.watermark.emit.strategy': ['on-event', 'on-periodic'],
  format: ['json', 'csv', 'raw'],
  'key.format': ['json', 'csv', 'raw'],
  'value.format': ['json', 'csv'],
  'value.fields-include': ['ALL', 'EXCEPT_KEY'],
};

/** Drops a column, the watermark or the primary key. */
export const dropDeclaration: Operator = (sql) =>
  each(sql, ['declaration'], (token, index) =>
    token.text === '(' && token.depth === 0 ? dropEach(sql.tokens, itemsFrom(sql.tokens, index + 1)) : [],
  );

const TYPES: Readonly<Record<string, readonly string[]>> = { BIGINT: ['SMALLINT'], INT: ['SMALLINT'], DOUBLE: ['INT'] };

export const otherType: Operator = (sql) =>
  each(sql, ['declaration'], (token) => (token.depth === 1 ? replaceToken(token, TYPES[token.text] ?? []) : []));

export const dropOption: Operator = (sql) =>
  each(sql, ['options'], (token, index) =>
    token.text === '(' && token.depth === 0 ? dropEach(sql.tokens, itemsFrom(sql.tokens, index + 1)) : [],
  );

export const otherOption: Operator = (sql) =>
  each(sql, ['options'], (token, index) => {
    const [option, sign, value] = sql.tokens.slice(index, index + 3);
    if (token !== option || sign?.text !== '=' || value?.kind !== 'quoted') return [];
    return replaceToken(
      value,
      (valuesOf(unquoted(option.text), sql) ?? []).map((one) => `'${one}'`).filter((one) => one !== value.text),
    );
  });

function valuesOf(option: string, sql: Sql): readonly string[] | undefined {
  if (option === 'topic') return sql.surroundings.topics;
  if (option === 'key.fields') return [...new Set(tablesOf(sql).flatMap(({ columns }) => columns))];
  return VALUES[option];
}

/** A source that ends. */
export const boundedSource: Operator = (sql) =>
  each(sql, ['options'], (token, index) => {
    if (token.text !== '(' || token.depth !== 0) return [];
    const names = itemsFrom(sql.tokens, index + 1).map((item) => unquoted(textOf(sql, { ...item, end: item.start + 1 })));
    if (!names.includes('scan.startup.mode')) return [];
    return [{ start: token.end, end: token.end, text: " 'scan.bounded.mode' = 'latest-offset'," }];
  });

export interface Table {
  name: string;
  columns: string[];
}

/** Returns the tables that a text declares. */
export function tablesOf(sql: Pick<Sql, 'text' | 'tokens'>): Table[] {
  return sql.tokens.flatMap((token, index) => {
    const isDeclaration = token.region === 'declaration' && token.text === '(' && token.depth === 0;
    const name = sql.tokens[index - 1];
    if (!isDeclaration || !name) return [];
    const columns = itemsFrom(sql.tokens, index + 1)
      .filter(({ start }) => !NO_COLUMN.includes(sql.tokens[start]?.text ?? ''))
      .map(({ start }) => written(sql, sql.tokens[start]));
    return [{ name: written(sql, name), columns }];
  });
}

/** Returns a token as it is written. */
export function written({ text }: Pick<Sql, 'text'>, token: SqlToken | undefined): string {
  return token ? text.slice(token.start, token.end) : '';
}

function unquoted(text: string): string {
  return text.slice(1, -1);
}
