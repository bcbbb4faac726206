/** What goes wrong most in TypeScript on Kafka and needs no broker: the program, the line that is to blame, and what the hint says. */
export interface Mistake {
  what: string;
  program: string;
  /** Null where Node names no line of the learner. */
  place?: string | null;
  hint: string | null;
}

export const MISTAKES: readonly Mistake[] = [
  {
    what: 'an error of its own',
    program: `const a = 1;\nthrow new Error('only on hidden data');`,
    place: 'main.ts:2',
    hint: null,
  },
  { what: 'a thrown text', program: `throw 'stopped';`, place: null, hint: null },
  { what: 'a thrown text with two lines', program: `throw new Error('one\\ntwo');`, place: 'main.ts:1', hint: null },
  {
    what: 'a null value that is parsed',
    program: `const value = JSON.parse(null as unknown as string);\nconsole.log(value.orderId);`,
    place: 'main.ts:2',
    hint: 'null where orderId is read',
  },
  {
    what: 'an object that became text',
    program: `JSON.parse(String({}));`,
    place: 'main.ts:1',
    hint: 'JSON.stringify(...) where it is sent',
  },
  {
    what: 'a text that is not JSON',
    program: `JSON.parse('order 1');`,
    place: 'main.ts:1',
    hint: 'What JSON.parse was given is not JSON',
  },
  {
    what: 'JSON that was cut',
    program: `JSON.parse('{"a":');`,
    place: 'main.ts:1',
    hint: 'What JSON.parse was given is not JSON',
  },
  {
    what: 'an empty text as JSON',
    program: `JSON.parse('');`,
    place: 'main.ts:1',
    hint: 'What JSON.parse was given is not JSON',
  },
  { what: 'a BigInt in JSON', program: `JSON.stringify({ offset: 1n });`, place: 'main.ts:1', hint: 'JSON has no BigInt' },
  { what: 'a BigInt and a number', program: `const n: any = 1n;\nconsole.log(n + 1);`, place: 'main.ts:2', hint: '1n for 1' },
  {
    what: 'a forgotten await before a list',
    program: `const send = async () => [{ offset: '1' }];\nconst [a] = send() as any;\nconsole.log(a);`,
    place: 'main.ts:2',
    hint: 'Write await before it',
  },
  {
    what: 'a forgotten await before an answer',
    program: `const send = async () => [{ baseOffset: '1' }];\nconst answer: any = send();\nconsole.log(answer[0].baseOffset);`,
    place: 'main.ts:3',
    hint: 'const [answer] = await producer.send',
  },
  {
    what: 'a type imported as a value',
    program: `import { Kafka, Producer } from 'kafkajs';\nconsole.log(Kafka);`,
    place: 'main.ts:1',
    hint: 'import { type Producer }',
  },
  {
    what: 'a name that the module does not have',
    program: `import { topic } from './cluster.ts';`,
    place: 'main.ts:1',
    hint: 'topic is a type, or has another name',
  },
  { what: 'an import without extension', program: `import { topics } from './cluster';`, place: null, hint: "'./cluster.ts'" },
  {
    what: 'an import with the wrong extension',
    program: `import { topics } from './cluster.js';\ntopics;`,
    place: null,
    hint: "'./cluster.ts'",
  },
  { what: 'a package that is not there', program: `import _ from 'lodash';\n_;`, place: null, hint: 'There is no lodash here' },
  { what: 'require', program: `const fs = require('node:fs');`, place: 'main.ts:1', hint: 'there is no require' },
  { what: '__dirname', program: `console.log(__dirname);`, place: 'main.ts:1', hint: 'import.meta.dirname' },
  { what: 'module.exports', program: `module.exports = {};`, place: 'main.ts:1', hint: 'there is no module' },
  { what: 'an enum', program: `enum A { B }\nconsole.log(A.B);`, hint: 'it runs no enum' },
  { what: 'a parameter property', program: `class A { constructor(private b: string) {} }`, hint: 'parameter property' },
  { what: 'a decorator', program: `@((t: unknown) => {}) class A {}`, hint: 'Look for a decorator' },
  { what: 'typographic quotes', program: `console.log(“a”);`, hint: 'Character U+201C' },
  { what: 'an invisible space', program: `const a\u200b = 1;`, hint: 'Character U+200B' },
  {
    what: 'await in a function that is not async',
    program: `function f() {\n  await Promise.resolve();\n}`,
    hint: 'Write async before this function',
  },
  {
    what: 'an await that never ends',
    program: `await new Promise(() => {});`,
    place: null,
    hint: 'An await never came to its end',
  },
  {
    what: 'kafka without its import',
    program: `const producer = kafka.producer();`,
    place: 'main.ts:1',
    hint: "import { kafka } from './cluster.ts'",
  },
  {
    what: 'topics without their import',
    program: `console.log(topics.orders);`,
    place: 'main.ts:1',
    hint: "import { topics } from './cluster.ts'",
  },
  {
    what: 'the input without its import',
    program: `console.log(driverEvents);`,
    place: 'main.ts:1',
    hint: "import { driverEvents } from './driver-events.ts'",
  },
  {
    what: 'another name that is not there',
    program: `console.log(order);`,
    place: 'main.ts:1',
    hint: 'Declare it, or import it',
  },
  {
    what: 'a name above its line',
    program: `console.log(late);\nconst late = 1;`,
    place: 'main.ts:1',
    hint: 'Move that line up',
  },
  {
    what: 'a consumer without a group',
    program: `import { kafka } from './cluster.ts';\nkafka.consumer({ groupId: '' } as any);\nimport { Kafka } from 'kafkajs';\nnew Kafka({ brokers: ['a:1'] }).consumer({} as any);`,
    hint: 'groupId:',
  },
  {
    what: 'a client without brokers',
    program: `import { Kafka } from 'kafkajs';\nawait new Kafka({ brokers: [] }).producer().connect();`,
    hint: 'Take the connection that is ready',
  },
  {
    what: 'a client of its own',
    program: `import { Kafka } from 'kafkajs';\nawait new Kafka({ clientId: 'my-app', brokers: ['127.0.0.1:9'], retry: { retries: 0 } }).producer().connect();`,
    hint: 'Nothing listens at 127.0.0.1:9',
  },
  {
    what: 'a client of its own that logs nothing',
    program: `import { Kafka, logLevel } from 'kafkajs';\nawait new Kafka({ logLevel: logLevel.NOTHING, brokers: ['127.0.0.1:9'], retry: { retries: 0 } }).admin().connect();`,
    hint: 'Nothing listens at 127.0.0.1:9',
  },
];
