/** Group G over HTTP: a mark is what the log shows, whatever else the program does. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROJECT_DIR } from '#sandbox/config.ts';
import type { Report } from '#sandbox/protocol/report.ts';
import { type Submission, submissionSchema } from '#sandbox/protocol/submission.ts';
import { until } from '../../sandbox/test-server.ts';
import type { Product } from '../product.ts';

const LESSON = 'log/append';
const FOLDER = join(PROJECT_DIR, 'lessons/01-log/01-append');
const SOLUTIONS = 5;
/** Two rounds of 15 s each, and what the graders before it take. */
const LIMIT_MS = 240_000;

const file = (name: string) => readFileSync(join(FOLDER, name), 'utf8');
const fixture = (name: string) => readFileSync(join(PROJECT_DIR, 'test/fixtures/trust', `${name}.ts`), 'utf8');
const produce = (messages: string) => `import { kafka, topics } from './cluster.ts';
import { orders } from './orders.ts';
const producer = kafka.producer();
await producer.connect();
${messages}
await producer.disconnect();
console.log('sent', orders.length);
`;

export function gradingCases(product: Product): void {
  const hand = async (text: string, headers: Record<string, string> = {}) => {
    const body = { lesson: LESSON, files: { 'main.ts': text } };
    const { status, body: answer } = await product.api('ada')('POST', '/api/submissions', { body, headers });
    expect(status).toBe(202);
    return String(answer.submissionId);
  };
  const finished = async (id: string): Promise<Submission & { report: Report }> => {
    const read = async () => submissionSchema.parse((await product.api('ada')('GET', `/api/submissions/${id}`)).body);
    const { report, ...submission } = await until(read, ({ status }) => status === 'finished', LIMIT_MS);
    if (!report) throw new Error('a finished submission without a report');
    return { ...submission, report };
  };
  const graded = async (text: string) => (await finished(await hand(text))).report;

  test(
    `G00 the reference solution passes, ${SOLUTIONS} of ${SOLUTIONS} times, each on data of its own`,
    async () => {
      const ids = await Promise.all(Array.from({ length: SOLUTIONS }, (_, n) => hand(`${file('solution/main.ts')}\n// ${n}\n`)));
      const reports = await Promise.all(ids.map(async (id) => (await finished(id)).report));
      expect(reports.map(({ status, score }) => [status, score])).toEqual(reports.map(() => ['pass', 1]));
      expect(new Set(reports.map(({ seed }) => seed)).size).toBe(SOLUTIONS);
    },
    LIMIT_MS,
  );

  /** What the report’s output must show, so that the program did what it meant to. */
  const forgeries: [id: string, what: string, text: () => string, shown: RegExp][] = [
    ['G01', 'nothing', () => '', /^$/],
    ['G01', 'the starter unchanged', () => file('starter/main.ts'), /^/],
    ['G01', 'a syntax error', () => 'const = 1;', /SyntaxError/],
    ['G02', 'the records of the sample, which it has seen', () => file('wrong/replayed-sample.ts'), /^/],
    ['G06', 'verdicts on its output', () => file('wrong/forged-report.ts'), /"status":"pass".*\n.*"verdict".*\n.*\n.*Grade/],
    ['G08', 'patched globals', () => file('wrong/patched-globals.ts'), /"passed":true/],
  ];
  test.each(forgeries)(
    '%s a program with %s passes nothing',
    async (_id, _what, text, shown) => {
      const report = await graded(text());
      expect(report).toMatchObject({ status: 'fail', score: 0 });
      expect(report.output.text).toMatch(shown);
    },
    LIMIT_MS,
  );

  test('G10 a grader, a lesson, a package or a hook handed in beside the program is refused', async () => {
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

  describe('no program makes its own failure ours, which would cost no attempt', () => {
    const failures: [what: string, text: () => string, shown: RegExp][] = [
      ['uses up its memory', () => fixture('memory-hog'), /"megabytes":100/],
      ['kills whatever it sees', () => fixture('kill-all'), /"answers":/],
      ['forges the sandbox’s protocol', () => fixture('forge'), /"written":/],
      ['prints without end', () => fixture('loud'), /A{1000}/],
      ['leaves processes behind', () => `const given = { marker: 'left-by-a-round' };\n${fixture('leave-behind')}`, /"left":3/],
      ['ends by a signal', () => `const given = { how: 'segmentation fault' };\n${fixture('crash')}`, /segmentation/],
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
    test.each(failures)(
      'a program that %s fails, with an attempt spent',
      async (_what, text, shown) => {
        const report = await graded(text());
        expect(report).toMatchObject({ status: 'fail', score: 0 });
        expect(report.output.text).toMatch(shown);
      },
      LIMIT_MS,
    );

    test(
      'a solution that also does most of this passes: nothing was refused for its looks',
      async () => {
        const text = `${file('solution/main.ts')}
console.log('{"status":"fail"}', 'not ok 1', '\\u001b[2J');
`;
        expect(await graded(text)).toMatchObject({ status: 'pass', score: 1 });
      },
      LIMIT_MS,
    );
  });

  test(
    'a key that comes again is the same submission, at the same moment too, and what is shown is never another’s',
    async () => {
      const headers = { 'idempotency-key': 'again' };
      const ids = await Promise.all(Array.from({ length: 10 }, () => hand('// once', headers)));
      expect(new Set(ids).size).toBe(1);
      await finished(ids[0] ?? '');
      expect((await product.api('bob')('GET', '/api/submissions')).body.submissions).toEqual([]);
    },
    LIMIT_MS,
  );
}
