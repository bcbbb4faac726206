/** A stack of its own, whose Flinks die while statements are judged. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gradingParts } from '#sandbox/app/grading-parts.ts';
import { openParts, type Parts } from '#sandbox/app/parts.ts';
import type { Stack } from '#sandbox/app/stack.ts';
import type { Catalog } from '#sandbox/catalog/catalog.ts';
import { loadCatalog } from '#sandbox/catalog/load.ts';
import { PROJECT_DIR, readConfig } from '#sandbox/config.ts';
import { gradeSubmission } from '#sandbox/grading/grade.ts';
import type { FlinkPool, LentFlink } from '#sandbox/leases/flink-pool.ts';
import { until } from '#sandbox/readiness/until.ts';
import { firstFailure } from './bench.ts';

const config = readConfig();
const resources = new AsyncDisposableStack();
let parts: Parts;
let stack: Stack;
let catalog: Catalog;

beforeAll(async () => {
  const dir = await mkdtemp(join(tmpdir(), 'streamwright-sql-'));
  resources.defer(() => rm(dir, { recursive: true, force: true }));
  parts = resources.use(await openParts({ config, dir, graders: 1, onFault: () => undefined }));
  stack = await parts.stack.ready();
  catalog = await loadCatalog(join(PROJECT_DIR, 'lessons'));
});
afterAll(() => resources.disposeAsync());

interface Given {
  lesson: string;
  program: string;
  /** Happens to each Flink that is lent, from the first one on. */
  strike?: (lent: LentFlink, count: number) => Promise<void>;
}

async function grade({ lesson, program, strike }: Given) {
  const faults: unknown[] = [];
  const strikes: Promise<void>[] = [];
  const take: FlinkPool['take'] = async (...args) => {
    const lent = await parts.flinks.take(...args);
    if (strike) strikes.push(strike(lent, strikes.length + 1));
    return lent;
  };
  const report = await gradeSubmission({
    ...gradingParts(parts, stack),
    ...{ config, flink: { take } },
    exercise: catalog.exercise(lesson),
    files: { 'main.sql': program },
    submissionId: 's1',
    queuedAt: new Date(),
    signal: new AbortController().signal,
    onFault: (error) => faults.push(error),
  });
  await Promise.all(strikes);
  return { report, faults, taken: strikes.length };
}

const programOf = (lesson: string, name: string) => readFile(join(catalog.exercise(lesson).dir, name), 'utf8');

/** Kills the JVM as soon as it works for the submission. */
async function killAtWork({ jobs, flink }: LentFlink): Promise<void> {
  const before = new Set((await jobs.list()).map(({ id }) => id));
  const hasBegun = async () => (await jobs.list()).some(({ id }) => !before.has(id));
  await until(hasBegun, { timeoutMs: 30_000, everyMs: 10, what: 'a job to kill' });
  process.kill(flink.pid, 'SIGKILL');
}

test('a Flink that is killed while right statements are judged costs them nothing: a new one decides', {
  timeout: 180_000,
}, async () => {
  const { report, faults, taken } = await grade({
    lesson: 'flink-sql/filter-route',
    program: await programOf('flink-sql/filter-route', 'solution/main.sql'),
    strike: async (lent, count) => {
      if (count === 1) await killAtWork(lent);
    },
  });
  expect(report.status).toBe('pass');
  expect(faults).toHaveLength(1);
  expect(taken).toBe(2);
});

test('when the second Flink is killed too, the report names a Streamwright error, and no check has failed', {
  timeout: 180_000,
}, async () => {
  const { report, faults } = await grade({
    lesson: 'flink-sql/upsert',
    program: await programOf('flink-sql/upsert', 'solution/main.sql'),
    strike: killAtWork,
  });
  expect(report.status).toBe('error');
  expect(report.error).toContain('Flink ended while your statements were judged');
  expect(report.checks.every(({ status }) => status === 'skipped')).toBe(true);
  expect(faults).toHaveLength(2);
});

test('a report on refused statements names file, line and reason, and neither the broker nor the credential', {
  timeout: 120_000,
}, async () => {
  const { report } = await grade({
    lesson: 'flink-sql/upsert',
    program: await programOf('flink-sql/upsert', 'wrong/append-sink.sql'),
  });
  expect(firstFailure(report)).toMatchObject({ id: 'rows', diagnosis: 'UPDATES_INTO_APPEND_SINK' });
  expect(report.output.text).toMatch(/^main\.sql, line \d+: .*doesn't support consuming update/);
  expect(JSON.stringify(report)).not.toMatch(/sasl|ScramLogin|127\.0\.0\.1|u[a-z0-9]{8,15}\./);
});

test("statements that name another learner's table reach only their own topics", { timeout: 120_000 }, async () => {
  const { tenancy } = stack;
  const other = await tenancy.create();
  const [topic] = await tenancy.createTopics(other, 1, [{ logical: 'big-orders', partitions: 1 }]);
  const solution = await programOf('flink-sql/filter-route', 'solution/main.sql');
  const { report } = await grade({
    lesson: 'flink-sql/filter-route',
    program: solution.replace("'topic' = 'big-orders'", `'topic' = '${topic?.name}'`),
  });
  expect(firstFailure(report)).toMatchObject({ id: 'routed', diagnosis: 'UNKNOWN_TOPIC' });
  expect(await stack.kafka.readAll(topic?.name ?? '')).toEqual([]);
  await tenancy.remove(other);
});
