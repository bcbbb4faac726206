import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { hashFiles } from '#sandbox/catalog/folder.ts';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { commonGround, commonHash, graderHash } from '#sandbox/grading/grader-hash.ts';

/** The hash of all lessons, as it would be if that file of the project had one more line. */
async function hashWith(changed: string): Promise<string> {
  const ground = await commonGround(async (path) => {
    const text = await readFile(path, 'utf8');
    return path === join(PROJECT_DIR, changed) ? `${text}\n` : text;
  });
  return hashFiles(ground);
}

let covered: string[] = [];
beforeAll(async () => {
  covered = Object.keys(await commonGround());
});

describe('a change of what decides a verdict changes the hash:', () => {
  test.each([
    ['the kit', 'sandbox/grading/kit/expect-items.ts'],
    ['a part of the kit that only types import', 'sandbox/grading/kit/kafka.ts'],
    ['the judge', 'sandbox/grading/judge/checks.ts'],
    ['the entry of its process', 'sandbox/grading/judge/child.ts'],
    ['the wire to it', 'sandbox/protocol/report.ts'],
    ["Kafka's client", 'sandbox/services/kafka/client/read.ts'],
    ['the generators', 'sandbox/generators/readings.ts'],
    ['one that only a grader imports', 'sandbox/generators/minutes-of-readings.ts'],
    ['what draws a round', 'sandbox/generators/round.ts'],
    ['the rules of a report', 'sandbox/grading/report.ts'],
    ['how a round is run', 'sandbox/grading/round.ts'],
    ['what a program in TypeScript finds next to it', 'sandbox/languages/typescript/cluster-file.ts'],
    ['how SQL is split', 'sandbox/languages/flink-sql/split.ts'],
    ['the defaults of an exercise', 'lessons/schema.ts'],
    ['the diagnoses', 'lessons/diagnoses-sql.ts'],
    ['the version of Kafka', 'sandbox/services/kafka/kafka.sha256'],
    ['its settings', 'sandbox/services/kafka/spec.ts'],
    ['the version of Flink', 'sandbox/services/flink/flink.sha256'],
    ['its settings', 'sandbox/services/flink/spec.ts'],
    ['the gate before it', 'sandbox/services/flink/gate/StatementGate.java'],
    ['what the gate lets through', 'sandbox/services/flink/gate/policy.json'],
  ])('%s (%s)', async (_, file) => {
    expect(await hashWith(file)).not.toBe(await commonHash());
  });

  test('the versions of the client libraries', () => {
    expect(covered).toEqual(expect.arrayContaining(['@platformatic/kafka', 'kafkajs', 'zod']));
  });

  test("the lesson's own grader", async () => {
    const [passes, throws, again] = await Promise.all(
      ['passes.ts', 'throws.ts', 'passes.ts'].map((name) =>
        graderHash({ graderPath: join(PROJECT_DIR, 'test/fixtures/graders', name) }),
      ),
    );
    expect(passes).not.toBe(throws);
    expect(passes).toBe(again);
  });
});

test.each([
  'sandbox/grading/queue.ts',
  'sandbox/grading/queued-grade.ts',
  'sandbox/grading/rounds.ts',
  'sandbox/grading/retries.ts',
  'sandbox/grading/grade.ts',
  'sandbox/grading/grader-pool.ts',
  'sandbox/app/server.ts',
  'sandbox/store/store.ts',
  'sandbox/providers/provider.ts',
])('a change of %s changes nothing in a verdict, and not the hash', async (file) => {
  expect(await hashWith(file)).toBe(await commonHash());
});

test('every file that Node loads to run and judge a round is covered', async () => {
  const script = join(PROJECT_DIR, 'test/fixtures/graders/loaded-by-the-judge.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script]);
  const loaded: string[] = JSON.parse(stdout);
  const files = loaded.map((path) => relative(PROJECT_DIR, path));
  expect(files.length).toBeGreaterThan(40);
  expect(files.filter((file) => !covered.includes(file))).toEqual([]);
});
