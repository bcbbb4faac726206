/** Operators on the clauses of a query. */
import {
  type Change,
  dropEach,
  each,
  itemsFrom,
  type Operator,
  offsets,
  replaceToken,
  type Span,
  type Sql,
  textOf,
} from './read-sql.ts';

const CLAUSES = [
  'FROM',
  'WHERE',
  'GROUP',
  'HAVING',
  'WINDOW',
  'ORDER',
  'LIMIT',
  'UNION',
  'INTERSECT',
  'EXCEPT',
  'JOIN',
  'LEFT',
  'INNER',
];
const CONDITIONS = ['WHERE', 'HAVING', 'ON'];

/** Returns the tokens after a keyword, up to the next clause. */
function clauseAfter({ tokens }: Sql, keyword: number): Span {
  const depth = tokens[keyword]?.depth ?? 0;
  const ends = (text: string) => text === ';' || CLAUSES.includes(text);
  const end = tokens.findIndex(
    (token, index) => index > keyword && (token.depth < depth || (token.depth === depth && ends(token.text))),
  );
  return { start: keyword + 1, end: end < 0 ? tokens.length : end };
}

/** Splits a condition at its outermost ANDs; that of BETWEEN is part of it. */
function conjuncts({ tokens }: Sql, { start, end }: Span): Span[] {
  const depth = tokens[start - 1]?.depth;
  const spans: Span[] = [];
  let [first, isBetween] = [start, false];
  for (let index = start; index < end; index += 1) {
    const token = tokens[index];
    if (token?.depth !== depth || token?.kind !== 'word') continue;
    if (token.text === 'OR') return [{ start, end }];
    if (token.text === 'BETWEEN') isBetween = true;
    else if (token.text === 'AND' && isBetween) isBetween = false;
    else if (token.text === 'AND') {
      spans.push({ start: first, end: index });
      first = index + 1;
    }
  }
  return [...spans, { start: first, end }];
}

const eachCondition = (sql: Sql, change: (condition: Span, keyword: number) => Change[]) =>
  each(sql, ['query'], ({ text }, index) => (CONDITIONS.includes(text) ? change(clauseAfter(sql, index), index) : []));

/** Drops one part of a condition, or the clause when it has only one. */
export const dropCondition: Operator = (sql) =>
  eachCondition(sql, (condition, keyword) => {
    const parts = conjuncts(sql, condition);
    if (parts.length === 1) return [{ ...offsets(sql.tokens, { start: keyword, end: condition.end }), text: '' }];
    return parts.map((part) => {
      const rest = parts.filter((other) => other !== part).map((other) => textOf(sql, other));
      return { ...offsets(sql.tokens, condition), text: rest.join(' AND ') };
    });
  });

export const negate: Operator = (sql) =>
  eachCondition(sql, (condition) =>
    conjuncts(sql, condition).map((part) => ({ ...offsets(sql.tokens, part), text: `NOT (${textOf(sql, part)})` })),
  );

export const orForAnd: Operator = (sql) =>
  eachCondition(sql, (condition) => {
    const parts = conjuncts(sql, condition);
    return parts.slice(1).flatMap(({ start }) => sql.tokens.slice(start - 1, start).flatMap((and) => replaceToken(and, ['OR'])));
  });

export const andForOr: Operator = (sql) =>
  each(sql, ['query'], (token) => (token.kind === 'word' && token.text === 'OR' ? replaceToken(token, ['AND']) : []));

/** Drops one column that rows are grouped by, or the grouping when it has only one. */
export const dropGroupKey: Operator = (sql) =>
  each(sql, ['query'], ({ text }, index) => {
    if (text !== 'GROUP' || sql.tokens[index + 1]?.text !== 'BY') return [];
    const keys = itemsFrom(sql.tokens, index + 2, CLAUSES);
    const [key] = keys;
    return keys.length === 1 && key
      ? [{ ...offsets(sql.tokens, { start: index, end: key.end }), text: '' }]
      : dropEach(sql.tokens, keys);
  });

function selectLists(sql: Sql): Span[][] {
  return sql.tokens.flatMap(({ text, region }, index) => {
    if (text !== 'SELECT' || region !== 'query') return [];
    const quantified = ['DISTINCT', 'ALL'].includes(sql.tokens[index + 1]?.text ?? '');
    return [itemsFrom(sql.tokens, index + (quantified ? 2 : 1), CLAUSES)];
  });
}

export const swapColumns: Operator = (sql) =>
  selectLists(sql).flatMap((items) =>
    items.slice(1).flatMap((after, index) => {
      const before = items[index];
      if (!before) return [];
      const swapped = `${textOf(sql, after)}, ${textOf(sql, before)}`;
      return [{ ...offsets(sql.tokens, { start: before.start, end: after.end }), text: swapped }];
    }),
  );

const JOINS: Readonly<Record<string, readonly string[]>> = {
  JOIN: ['LEFT JOIN'],
  'INNER JOIN': ['LEFT JOIN'],
  'LEFT JOIN': ['JOIN', 'FULL JOIN'],
  'LEFT OUTER JOIN': ['JOIN', 'FULL JOIN'],
  'RIGHT JOIN': ['JOIN'],
  'FULL JOIN': ['JOIN', 'LEFT JOIN'],
  'CROSS JOIN': [],
};

export const otherJoin: Operator = (sql) =>
  each(sql, ['query'], ({ text }, index) => {
    if (text !== 'JOIN') return [];
    let start = index;
    while (['LEFT', 'RIGHT', 'FULL', 'INNER', 'OUTER', 'CROSS'].includes(sql.tokens[start - 1]?.text ?? '')) start -= 1;
    const kind = sql.tokens.slice(start, index + 1).map((token) => token.text);
    const span = offsets(sql.tokens, { start, end: index + 1 });
    return (JOINS[kind.join(' ')] ?? []).map((other) => ({ ...span, text: other }));
  });

export const unionDistinct: Operator = (sql) =>
  each(sql, ['query'], ({ text }, index) => {
    const [, all] = sql.tokens.slice(index, index + 2);
    return text === 'UNION' && all?.text === 'ALL' ? replaceToken(all, ['']) : [];
  });

/** Only the first ten rows. */
export const addLimit: Operator = (sql) =>
  each(sql, ['query'], ({ text, depth }, index) => {
    if (text !== 'INSERT' || depth > 0) return [];
    const end = sql.tokens.findIndex((token, other) => other > index && token.depth === 0 && token.text === ';');
    const last = sql.tokens[end < 0 ? sql.tokens.length - 1 : end - 1];
    return last ? [{ start: last.end, end: last.end, text: '\nLIMIT 10' }] : [];
  });
