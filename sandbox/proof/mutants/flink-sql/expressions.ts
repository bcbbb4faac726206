/** Operators on what a query calculates and compares. */
import { afterClosing, each, itemsFrom, type Operator, offsets, replaceToken, type SqlToken, textOf } from './read-sql.ts';

const COMPARISONS: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>'],
  '<=': ['<', '>'],
  '>': ['>=', '<'],
  '>=': ['>', '<'],
  '=': ['<>'],
  '<>': ['='],
  '!=': ['='],
};
const CALCULATIONS: Readonly<Record<string, string>> = { '+': '-', '-': '+', '*': '/', '/': '*' };
/** A sign after one of these has nothing before it: `-amount`, `COUNT(*)`. */
const NOTHING_BEFORE =
  /^(\(|,|=|<|>|<=|>=|<>|THEN|ELSE|WHEN|CASE|SELECT|DISTINCT|AND|OR|NOT|WHERE|HAVING|BY|ON|AS|BETWEEN|IN|\+|-|\*|\/)$/;

export const otherComparison: Operator = (sql) =>
  each(sql, ['query'], (token) => replaceToken(token, COMPARISONS[token.text] ?? []));

export const otherCalculation: Operator = (sql) =>
  each(sql, ['query', 'declaration'], (token, index) => {
    const other = CALCULATIONS[token.text];
    if (other === undefined) return [];
    const isUnary = NOTHING_BEFORE.test(sql.tokens[index - 1]?.text ?? '(');
    if (isUnary) return token.text === '-' ? replaceToken(token, ['']) : [];
    return replaceToken(token, [other]);
  });

const TYPES_WITH_SIZES = ['TIMESTAMP', 'TIMESTAMP_LTZ', 'TIME', 'DECIMAL', 'NUMERIC', 'CHAR', 'VARCHAR'];

export const otherNumber: Operator = (sql) =>
  each(sql, ['query'], (token, index) => {
    if (token.kind !== 'symbol' || !/^\d+$/.test(token.text)) return [];
    const open = sql.tokens.findLastIndex(({ depth }, other) => other < index && depth < token.depth);
    if (TYPES_WITH_SIZES.includes(sql.tokens[open - 1]?.text ?? '')) return [];
    const number = Number(token.text);
    return replaceToken(token, [number + 1, number - 1, number * 10].map(String));
  });

export const otherText: Operator = (sql) =>
  each(sql, ['query'], (token, index) => {
    const isValue = token.kind === 'quoted' && token.text.startsWith("'") && sql.tokens[index - 1]?.text !== 'INTERVAL';
    if (!isValue) return [];
    const text = token.text.slice(1, -1);
    return replaceToken(token, [`''`, `'${text}x'`, `'${text.toUpperCase()}'`]);
  });

const UNITS: Readonly<Record<string, readonly string[]>> = {
  SECOND: ['MINUTE'],
  MINUTE: ['HOUR', 'SECOND'],
  HOUR: ['DAY', 'MINUTE'],
  DAY: ['HOUR'],
};

/** Another size of a window, another delay of a watermark. */
export const otherInterval: Operator = (sql) =>
  each(sql, ['query', 'declaration'], (token, index) => {
    const [interval, size, unit] = sql.tokens.slice(index, index + 3);
    if (token !== interval || token.text !== 'INTERVAL' || !size || !unit) return [];
    const number = Number(size.text.slice(1, -1));
    if (!Number.isInteger(number)) return [];
    const numbers = [...new Set([number + 1, number - 1, number * 2])].filter((other) => other > 0);
    return [
      ...replaceToken(
        size,
        numbers.map((other) => `'${other}'`),
      ),
      ...replaceToken(unit, UNITS[unit.text] ?? []),
    ];
  });

const AGGREGATES = ['MIN', 'MAX', 'SUM', 'COUNT', 'AVG'];
const OTHER_FUNCTIONS: Readonly<Record<string, readonly string[]>> = {
  UPPER: ['LOWER'],
  LOWER: ['UPPER'],
  FLOOR: ['CEIL'],
  CEIL: ['FLOOR'],
};
const isCall = (tokens: readonly SqlToken[], index: number) => tokens[index]?.kind === 'word' && tokens[index + 1]?.text === '(';

export const otherFunction: Operator = (sql) =>
  each(sql, ['query'], (token, index) => {
    if (!isCall(sql.tokens, index)) return [];
    if (!AGGREGATES.includes(token.text)) return replaceToken(token, OTHER_FUNCTIONS[token.text] ?? []);
    const countsRows = sql.tokens[index + 2]?.text === '*';
    return countsRows
      ? []
      : replaceToken(
          token,
          AGGREGATES.filter((other) => other !== token.text),
        );
  });

const DROPPED = ['UPPER', 'LOWER', 'TRIM', 'COALESCE', 'CAST', 'TRY_CAST', 'ABS', 'ROUND', 'IFNULL'];

/** Puts the first argument in the place of a call. */
export const dropFunction: Operator = (sql) =>
  each(sql, ['query'], (token, index) => {
    if (!DROPPED.includes(token.text) || !isCall(sql.tokens, index)) return [];
    const [argument] = itemsFrom(sql.tokens, index + 2, ['AS']);
    if (!argument) return [];
    return [{ ...offsets(sql.tokens, { start: index, end: afterClosing(sql.tokens, index + 1) }), text: textOf(sql, argument) }];
  });

export const dropDistinct: Operator = (sql) =>
  each(sql, ['query'], (token) => (token.text === 'DISTINCT' ? replaceToken(token, ['']) : []));

/** Equal rows or values count once. */
export const addDistinct: Operator = (sql) =>
  each(sql, ['query'], (token, index) => {
    const next = sql.tokens[index + 1];
    if (token.text === 'SELECT' && next?.text !== 'DISTINCT') return [{ start: token.end, end: token.end, text: ' DISTINCT' }];
    const adds = ['SUM', 'COUNT', 'AVG'].includes(token.text) && next?.text === '(';
    const first = sql.tokens[index + 2];
    if (!adds || !first || ['*', 'DISTINCT'].includes(first.text)) return [];
    return [{ start: first.start, end: first.start, text: 'DISTINCT ' }];
  });

/** Drops a branch of a CASE; one that has only this branch becomes what its ELSE gives, or what its THEN gives. */
export const dropBranch: Operator = (sql) =>
  each(sql, ['query'], (token, index) => {
    if (token.text !== 'CASE') return [];
    const { end, marks } = caseAt(sql.tokens, index);
    const whole = offsets(sql.tokens, { start: index, end: end + 1 });
    const at = (mark: number) => sql.tokens[mark]?.text;
    const partOf = (mark: number) => ({ start: mark + 1, end: marks.find((other) => other > mark) ?? end });
    const whens = marks.filter((mark) => at(mark) === 'WHEN');
    if (whens.length === 1)
      return marks.filter((mark) => at(mark) !== 'WHEN').map((mark) => ({ ...whole, text: textOf(sql, partOf(mark)) }));
    const starts = marks.filter((mark) => at(mark) !== 'THEN');
    return starts.map((start, nth) => ({ ...offsets(sql.tokens, { start, end: starts[nth + 1] ?? end }), text: '' }));
  });

/** Returns where a CASE ends, and where its own WHEN, THEN and ELSE are. */
function caseAt(tokens: readonly SqlToken[], start: number): { end: number; marks: number[] } {
  const marks: number[] = [];
  let inner = 0;
  for (let index = start + 1; index < tokens.length; index += 1) {
    const text = tokens[index]?.text ?? '';
    if (text === 'CASE') inner += 1;
    else if (text === 'END' && inner === 0) return { end: index, marks };
    else if (text === 'END') inner -= 1;
    else if (inner === 0 && ['WHEN', 'THEN', 'ELSE'].includes(text)) marks.push(index);
  }
  return { end: tokens.length - 1, marks };
}
