/** Programs of a few lines, and whether Node runs them. */
export interface Snippet {
  text: string;
  runs: boolean;
  /** What the editor says of it, where it says it in its own words. */
  says?: string;
}

const runs = (...texts: string[]): Snippet[] => texts.map((text) => ({ text, runs: true }));
const refused = (text: string, says?: string): Snippet => ({ text, runs: false, ...(says === undefined ? {} : { says }) });

export const SNIPPETS: readonly Snippet[] = [
  ...runs(
    `import { Kafka, type Producer } from 'kafkajs';\nconst f = (p: Producer) => p; console.log(typeof Kafka, typeof f);`,
    `import type { Producer } from 'kafkajs';\nexport const p: Producer | null = null;`,
    `import kafkajs from 'kafkajs';\nconsole.log(typeof kafkajs.Kafka);`,
    `import * as kafkajs from 'kafkajs';\nconsole.log(typeof kafkajs.Kafka);`,
    `import { topics, kafka } from './cluster.ts';\nconsole.log(typeof topics, typeof kafka.producer);`,
    `import { orders } from './orders.ts';\nconsole.log(orders.length);`,
    `import { type Order, orders } from './orders.ts';\nconst one: Order | undefined = orders[0]; console.log(one);`,
    `import fs from 'node:fs';\nconsole.log(typeof fs.readFileSync);`,
    `import { readFile } from 'node:fs/promises';\nconsole.log(typeof readFile);`,
    `import { setTimeout as delay } from 'timers/promises';\nawait delay(1);`,
    `import { createRequire } from 'node:module';\nconst load = createRequire(import.meta.url); console.log(typeof load('kafkajs').Kafka);`,
    `const x = await Promise.resolve(1);\nconsole.log(x);`,
    `const text = 'a' as string; const n = text satisfies string; console.log(n!.length);`,
    `interface A { a: number }\ntype B = A | null;\nconst b: B = null; console.log(b);`,
    `class A { private a = 1; readonly b: string = 'b'; #c = 2; get c() { return this.#c + this.a; } }\nconsole.log(new A().c);`,
    `abstract class A { abstract a(): number }\nclass B extends A { override a() { return 1; } }\nconsole.log(new B().a());`,
    `function f(a: string): string; function f(a: number): number; function f(a: unknown) { return a; }\nconsole.log(f(1));`,
    `declare const nothing: string;\nexport type T = typeof nothing;`,
    `declare enum E { A }\nexport type T = E;`,
    `export type { Order } from './orders.ts';`,
    `const f = <T,>(a: T): T => a;\nconsole.log(f<number>(1));`,
    `for (const one of new Set([1]).union(new Set([2]))) console.log(one);`,
    `console.log(import.meta.dirname, import.meta.filename, process.pid, Buffer.from('a').length, typeof fetch);`,
    `await using nothing = null;\nconsole.log(nothing);`,
    `const { orders } = await import('./orders.ts');\nconsole.log(orders);`,
    `console.log([1n, 0.5, 'x'].values().map(String).toArray(), structuredClone({}));`,
  ),
  refused(
    `import { Kafka, Producer } from 'kafkajs';\nconst f = (p: Producer) => p; console.log(typeof Kafka, f);`,
    'Write: import { type Producer }',
  ),
  refused(
    `import { Order, orders } from './orders.ts';\nconst one: Order | undefined = orders[0]; console.log(one);`,
    'import { type Order }',
  ),
  refused(`export { Order } from './orders.ts';`, 'export type'),
  refused(`import { topics } from './cluster';\nconsole.log(topics);`, "Write its extension: './cluster.ts'"),
  refused(`import { topics } from './cluster.js';\nconsole.log(topics);`, "Write its extension: './cluster.ts'"),
  refused(`const { orders } = await import('./orders.js');\nconsole.log(orders);`, "'./orders.ts'"),
  refused(`export * from './orders.js';`, "'./orders.ts'"),
  refused(`import { orders } from 'orders';\nconsole.log(orders);`, "There is no 'orders' here"),
  refused(`import _ from 'lodash';\nconsole.log(_);`, "There is no 'lodash' here"),
  refused(`import { kafka, topic } from './cluster.ts';\nconsole.log(kafka, topic);`),
  refused(`const fs = require('node:fs');\nconsole.log(fs);`, 'import fs from'),
  refused(`import fs = require('node:fs');\nconsole.log(fs);`),
  refused(`console.log(__dirname);`, 'import.meta.dirname'),
  refused(`console.log(__filename);`, 'import.meta.filename'),
  refused(`module.exports = {};`, 'there is no module'),
  refused(`exports.a = 1;`, 'there is no exports'),
  refused(`export = 1;`),
  refused(`enum Status { Placed, Paid }\nconsole.log(Status.Paid);`, 'it runs no enum'),
  refused(`const enum Status { Placed }\nconsole.log(Status.Placed);`, 'it runs no enum'),
  refused(`namespace A { export const a = 1; }\nconsole.log(A.a);`, 'namespace'),
  refused(`class A { constructor(private a: number) { console.log(this.a); } }\nnew A(1);`, 'parameter property'),
  refused(`@((t: unknown) => {}) class A {}\nconsole.log(A);`, 'does not know decorators'),
  refused(
    `class A { @((_: unknown, c: ClassMethodDecoratorContext) => {}) a() {} }\nconsole.log(A);`,
    'does not know decorators',
  ),
  refused(`class A { accessor a = 1 }\nconsole.log(new A().a);`, 'accessor fields'),
  refused(`import defer * as orders from './orders.ts';\nconsole.log(orders);`, 'import defer'),
  refused(`function f() { await Promise.resolve(); }\nf();`),
  refused(`return 1;`),
  refused(`with (Math) { console.log(PI); }`),
  refused(`console.log(010);`),
  refused(`let a = 1; let a = 2;`),
  refused(`const a = 1; a = 2;`),
  refused(`console.log(“a”);`),
  refused(`import { readFileSync } from 'node:fs/nothing';\nconsole.log(readFileSync);`),
  refused(`const a = orders[0];`),
];
