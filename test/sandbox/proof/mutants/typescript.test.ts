import { expect, test } from 'vitest';
import type { Surroundings } from '#sandbox/proof/mutants/contract/edit.ts';
import { OPERATORS, typescriptEdits } from '#sandbox/proof/mutants/typescript/edits.ts';

const surroundings: Surroundings = { topics: ['orders', 'big-orders'], fields: ['id', 'customer'], before: '' };

/** Operator, text, and all texts that the operator makes of it. */
const ROWS: readonly (readonly [keyof typeof OPERATORS, string, readonly string[]])[] = [
  ['drop-await', 'const a = await b();', ['const a = b();']],
  ['drop-field', 'f({ key: 1, value });', ['f({ value });', 'f({ key: 1 });']],
  ['drop-field', 'f({ key: 1, });', ['f({  });']],
  ['drop-statement', 'const a = b(); a(); if (a) b();', ['const a = b();  if (a) b();', 'const a = b(); a(); ']],
  ['swap-statements', 'a(); b(); c();', ['b(); a(); c();', 'a(); c(); b();']],
  ['swap-statements', 'const a = b(); f(a); g();', ['const a = b(); g(); f(a);']],
  ['do-twice', 'await p.send(a);', ['await p.send(a); await p.send(a);']],
  ['do-twice', 'await p.connect();', []],
  ['do-twice', 'const [a] = await p.send(b);', ['await p.send(b); const [a] = await p.send(b);']],
  ['first-turn-only', 'for (const a of b) { f(a); }', ['for (const a of b) { f(a); break; }']],
  ['backwards', 'for (const a of b) f(a);', ['for (const a of b.toReversed()) f(a);']],
  ['backwards', 'f(a.map(g));', ['f(a.toReversed().map(g));']],
  ['without-last', 'f(a.map(g));', ['f(a.slice(0, -1).map(g));']],
  ['without-first', 'f(a.map(g));', ['f(a.slice(1).map(g));']],
  ['all-again', 'for (const a of b) f(a);', ['for (const a of [...b, ...b]) f(a);']],
  [
    'other-end',
    'f(a[0]); f(b.at(-1)); f(b.at(0)); f(c[1]);',
    [
      'f(a.at(-1)); f(b.at(-1)); f(b.at(0)); f(c[1]);',
      'f(a[0]); f(b.at(0)); f(b.at(0)); f(c[1]);',
      'f(a[0]); f(b.at(-1)); f(b.at(-1)); f(c[1]);',
    ],
  ],
  ['second-element', 'const [a] = b;', ['const [, a] = b;']],
  ['rename-field', "f({ key: 1, 'x-y': 2, value });", [`f({ "keyx": 1, 'x-y': 2, value });`, 'f({ key: 1, "x-yx": 2, value });']],
  ['other-field', 'f(order.id, order.total); order.id();', ['f(order.customer, order.total); order.id();']],
  [
    'field-of-the-same',
    'f(a?.partition, a?.offset, b.c); a?.d();',
    ['f(a?.offset, a?.offset, b.c); a?.d();', 'f(a?.partition, a?.partition, b.c); a?.d();'],
  ],
  ['other-topic', 'f(topics.bigOrders.name);', ['f(topics.orders.name);']],
  ['literal-topic', 'f(topics.bigOrders.name, topics.orders.partitions);', [`f('big-orders', topics.orders.partitions);`]],
  ['without-acks', 'p.send({ topic });', ['p.send({ acks: 0, topic });']],
  ['without-acks', 'p.send({ topic, acks: 1 });', []],
  [
    'other-partition',
    'f({ key, value }, { value, partition: 1 }, { key });',
    ['f({ partition: 0, key, value }, { value, partition: 1 }, { key });'],
  ],
  ['other-serialization', 'f(JSON.stringify(a));', ['f(a);', 'f(String(a));', 'f(JSON.stringify(JSON.stringify(a)));']],
  ['drop-conversion', 'f(a.trim(), b.c());', ['f(a, b.c());']],
  ['other-number', 'f(41, 7n);', ['f(42, 7n);', 'f(40, 7n);', 'f(41, (7n + 1n));', 'f(41, (7n - 1n));']],
  [
    'other-text',
    `import a from 'b'; f('c');`,
    [`import a from 'b'; f('');`, `import a from 'b'; f("cx");`, `import a from 'b'; f("C");`],
  ],
  ['other-boolean', 'f(true, false);', ['f(false, false);', 'f(true, true);']],
  ['other-comparison', 'f(a <= b, c === d);', ['f(a < b, c === d);', 'f(a > b, c === d);', 'f(a <= b, c !== d);']],
  ['other-calculation', 'f(a + b * c);', ['f(a - b * c);', 'f(a + b / c);']],
  ['other-logic', 'f(a && b, c ?? d);', ['f(a || b, c ?? d);', 'f(a && b, c && d);']],
  ['negate', 'if (a) f(b ? c : d);', ['if (!(a)) f(b ? c : d);', 'if (a) f(!(b) ? c : d);']],
];

test.each(ROWS)('%s changes %s', (operator, text, expected) => {
  const made = typescriptEdits(text, surroundings).filter((edit) => edit.operator === operator);
  expect(made.map(({ start, end, text: after }) => text.slice(0, start) + after + text.slice(end)).sort()).toEqual(
    [...expected].sort(),
  );
});

test('each operator has a row', () => {
  const tried = new Set<string>(ROWS.filter(([, , expected]) => expected.length > 0).map(([operator]) => operator));
  expect(Object.keys(OPERATORS).filter((name) => !tried.has(name))).toEqual([]);
});

test('leaves alone what is printed, and makes nothing that does not compile', () => {
  expect(typescriptEdits("console.log('a', 1);", surroundings)).toEqual([]);
  // Without its only statement, this if would not parse.
  expect(typescriptEdits('if (a) b();', surroundings).map(({ operator }) => operator)).toEqual(['drop-statement', 'negate']);
});
