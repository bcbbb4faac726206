/** Group G over HTTP: a mark is what the log shows, whatever else the program prints, patches or sends. */
import { expect, test } from 'vitest';
import type { Product } from '../learners.ts';
import { expectFailure, type Failure, file, finished, graded, LESSON, LIMIT_MS, submit } from '../submit.ts';

const SOLUTIONS = 5;

const produce = (messages: string) => `import { kafka, topics } from './cluster.ts';
import { orders } from './orders.ts';
const producer = kafka.producer();
await producer.connect();
${messages}
await producer.disconnect();
console.log('sent', orders.length);
`;

const FORGERIES: Failure[] = [
  ['nothing', () => '', /^$/],
  ['the starter unchanged', () => file('starter/main.ts'), /^/],
  ['a syntax error', () => 'const = 1;', /SyntaxError/],
  ['the records of the sample, which it has seen', () => file('wrong/replayed-sample.ts'), /^/],
  ['verdicts on its output', () => file('wrong/forged-report.ts'), /"status":"pass".*\n.*"verdict".*\n.*\n.*Grade/],
  ['patched globals', () => file('wrong/patched-globals.ts'), /"passed":true/],
];

const FAILURES: Failure[] = [
  [
    'sends JSON that is deep, large and has the names of prototypes',
    () =>
      produce(`const values = ['{"__proto__":{"id":"x"},"constructor":1}', '['.repeat(50_000), '1e999', '"\\\\ud800"', '{"id":'.repeat(5000), 'null', ''];
await producer.send({ topic: topics.orders.name, messages: values.map((value) => ({ key: '__proto__', value, headers: { __proto__: 'x', source: Buffer.from([255]) } })) });`),
    /sent \d+/,
  ],
  [
    'sends no value, no key, and bytes that are no text',
    () =>
      produce(
        `await producer.send({ topic: topics.orders.name, messages: [{ value: null }, { key: null, value: Buffer.from([0xff, 0xfe, 0]) }, { key: Buffer.alloc(100_000, 1), value: Buffer.alloc(0) }] });`,
      ),
    /sent \d+/,
  ],
  [
    'sends a megabyte of zeros in a kilobyte, many times',
    () =>
      produce(
        `for (let i = 0; i < 20; i++) await producer.send({ topic: topics.orders.name, compression: 1, messages: Array.from({ length: 10 }, () => ({ value: Buffer.alloc(1_000_000) })) });`,
      ),
    /sent \d+/,
  ],
  [
    'leaves a transaction open before all records',
    () => `import { kafka, topics } from './cluster.ts';
const producer = kafka.producer({ transactionalId: 'open', idempotent: true, maxInFlightRequests: 1, transactionTimeout: 60_000 });
await producer.connect();
const transaction = await producer.transaction();
for (const topic of Object.values(topics)) await transaction.send({ topic: topic.name, messages: [{ value: '{}' }] });
console.log('open');
process.exit(0);
`,
    /open/,
  ],
];

export function forgeryCases(product: Product): void {
  test(
    `the reference solution passes, ${SOLUTIONS} of ${SOLUTIONS} times, each on separate data`,
    async () => {
      const texts = Array.from({ length: SOLUTIONS }, (_, n) => `${file('solution/main.ts')}\n// ${n}\n`);
      const reports = await Promise.all(texts.map((text) => graded(product, text)));
      expect(reports.map(({ status, score }) => [status, score])).toEqual(reports.map(() => ['pass', 1]));
      expect(new Set(reports.map(({ seed }) => seed)).size).toBe(SOLUTIONS);
    },
    LIMIT_MS,
  );

  test.each(FORGERIES)(
    'a program with %s passes nothing',
    (_what, text, shown) => expectFailure(product, text(), shown),
    LIMIT_MS,
  );

  test('rejects a grader, a lesson, a package or a hook submitted with the program', async () => {
    const names = [
      'grader.ts',
      'exercise.yaml',
      'package.json',
      'node_modules/kafkajs/index.js',
      '.git/hooks/pre-commit',
      '../grader.ts',
    ];
    for (const name of names) {
      const body = { lesson: LESSON, files: { 'main.ts': '', [name]: 'export default {}' } };
      expect((await product.api('ada')('POST', '/api/submissions', { body })).status).toBe(400);
    }
    const seeded = { lesson: LESSON, files: { 'main.ts': '' }, seed: 1, score: 1 };
    expect((await product.api('ada')('POST', '/api/submissions', { body: seeded })).status).toBe(400);
  });

  test.each(FAILURES)(
    'a program that %s fails, with an attempt spent',
    (_what, text, shown) => expectFailure(product, text(), shown),
    LIMIT_MS,
  );

  test(
    'a solution that also does most of this passes: nothing was refused for its looks',
    async () => {
      const text = `${file('solution/main.ts')}
console.log('{"status":"fail"}', 'not ok 1', '\\u001b[2J');
`;
      expect(await graded(product, text)).toMatchObject({ status: 'pass', score: 1 });
    },
    LIMIT_MS,
  );

  test(
    "a repeated key is the same submission, also at the same moment, and never shows another learner's",
    async () => {
      const headers = { 'idempotency-key': 'again' };
      const ids = await Promise.all(Array.from({ length: 10 }, () => submit(product, '// once', headers)));
      expect(new Set(ids).size).toBe(1);
      await finished(product, ids[0] ?? '');
      expect((await product.api('bob')('GET', '/api/submissions')).body.submissions).toEqual([]);
    },
    LIMIT_MS,
  );
}
