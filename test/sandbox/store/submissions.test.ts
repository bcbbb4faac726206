import { expect, test } from 'vitest';
import type { Report } from '#sandbox/protocol/report.ts';
import { openTestStore, reportOf } from './store-fixture.ts';

const limit = { count: 3, windowMs: 600_000 };
const START = Date.UTC(2026, 0, 1);
const submission = (id: string, overrides = {}) => ({
  id,
  learnerId: 'ada',
  lesson: 'log/append',
  files: { 'main.ts': id },
  idempotencyKey: null,
  now: new Date(START),
  ...overrides,
});

test('a repeated key with the same work returns the first submission, before and after its report', async () => {
  await using store = await openTestStore();
  const files = { 'main.ts': 'x', 'other.ts': 'y' };
  await store.submissions.accept(submission('one', { idempotencyKey: 'k', files }), limit);
  const turned = { 'other.ts': 'y', 'main.ts': 'x' };
  const again = () => store.submissions.accept(submission('two', { idempotencyKey: 'k', files: turned }), limit);
  expect(await again()).toEqual({ kind: 'repeated', id: 'one' });
  await store.submissions.storeReport(reportOf('one'), new Date(START));
  expect(await again()).toEqual({ kind: 'repeated', id: 'one' });
});

test.each([
  ['another text', { files: { 'main.ts': 'another' } }],
  ['a file more', { files: { 'main.ts': 'one', 'more.ts': '' } }],
  ['a file less', { files: {} }],
  ['another lesson', { files: { 'main.ts': 'one' }, lesson: 'log/keys' }],
])('a repeated key with %s stores nothing and says so', async (_what, other) => {
  await using store = await openTestStore();
  await store.submissions.accept(submission('one', { idempotencyKey: 'k' }), limit);
  expect(await store.submissions.accept(submission('two', { idempotencyKey: 'k', ...other }), limit)).toEqual({
    kind: 'key-reused',
    id: 'one',
  });
  expect(await store.submissions.list('ada', null)).toHaveLength(1);
});

test('the same key from a different learner is a different key', async () => {
  await using store = await openTestStore();
  await store.submissions.accept(submission('one', { idempotencyKey: 'k' }), limit);
  const second = await store.submissions.accept(submission('two', { idempotencyKey: 'k', learnerId: 'bob' }), limit);
  expect(second).toEqual({ kind: 'accepted', id: 'two' });
});

test('a double click without a key makes one submission; after its report, the same code can be submitted again', async () => {
  await using store = await openTestStore();
  const files = { 'main.ts': 'same' };
  await store.submissions.accept(submission('one', { files }), limit);
  expect(await store.submissions.accept(submission('two', { files }), limit)).toEqual({ kind: 'repeated', id: 'one' });
  await store.submissions.storeReport(reportOf('one'), new Date(START));
  expect(await store.submissions.accept(submission('three', { files }), limit)).toEqual({ kind: 'accepted', id: 'three' });
});

test('the limit counts submissions in the window and says when the next one is allowed', async () => {
  await using store = await openTestStore();
  for (const [index, id] of ['one', 'two', 'three'].entries()) {
    await store.submissions.accept(submission(id, { now: new Date(START + index * 1000) }), limit);
  }
  expect(await store.submissions.accept(submission('four', { now: new Date(START + 5000) }), limit)).toEqual({
    kind: 'too-many',
    freeAt: new Date(START + limit.windowMs),
  });
  expect(await store.submissions.used('bob', limit, new Date(START))).toEqual({ count: 0, freeAt: null });
  const later = new Date(START + limit.windowMs);
  expect(await store.submissions.accept(submission('five', { now: later }), limit)).toEqual({ kind: 'accepted', id: 'five' });
});

test('a submission that a Streamwright error ended costs no attempt', async () => {
  await using store = await openTestStore();
  await store.submissions.accept(submission('one'), limit);
  await store.submissions.storeReport(reportOf('one', { status: 'error', score: 0, error: 'kafka was away' }), new Date(START));
  expect(await store.submissions.used('ada', limit, new Date(START))).toEqual({ count: 0, freeAt: null });
});

test('keeps the first report of a submission', async () => {
  await using store = await openTestStore();
  await store.submissions.accept(submission('one'), limit);
  expect(await store.submissions.storeReport(reportOf('one'), new Date(START))).toBe(true);
  expect(await store.submissions.storeReport(reportOf('one', { status: 'fail', score: 0 }), new Date(START))).toBe(false);
  expect((await store.submissions.read('ada', 'one'))?.report).toMatchObject({ status: 'pass' });
});

test('lists submissions without a report in arrival order', async () => {
  await using store = await openTestStore();
  for (const id of ['zebra', 'ant', 'mole']) await store.submissions.accept(submission(id), limit);
  await store.submissions.storeReport(reportOf('ant'), new Date(START));
  expect((await store.submissions.ungraded()).map(({ id }) => id)).toEqual(['zebra', 'mole']);
});

test("a learner cannot read another learner's submission", async () => {
  await using store = await openTestStore();
  await store.submissions.accept(submission('one'), limit);
  expect(await store.submissions.read('bob', 'one')).toBeNull();
  expect(await store.submissions.list('bob', null)).toEqual([]);
});

test('lists submissions newest first, each with its result', async () => {
  await using store = await openTestStore();
  await store.submissions.accept(submission('one'), limit);
  await store.submissions.accept(submission('two', { lesson: 'log/keys' }), limit);
  await store.submissions.storeReport(reportOf('one', { status: 'fail', score: 0.5 }), new Date(START));
  const list = await store.submissions.list('ada', null);
  expect(list.map(({ submissionId, result, score }) => [submissionId, result, score])).toEqual([
    ['two', null, null],
    ['one', 'fail', 0.5],
  ]);
  expect(await store.submissions.list('ada', 'log/keys')).toHaveLength(1);
});

test('progress is the best graded result; only a draft is a start, and a Streamwright error does not count', async () => {
  await using store = await openTestStore();
  await store.drafts.save({ learnerId: 'ada', lesson: 'log/keys', files: {}, basedOn: 0, now: new Date(START) });
  const results = [
    reportOf('one', { status: 'fail', score: 0.5 }),
    reportOf('two', { status: 'pass', score: 1 }),
    reportOf('three', { status: 'error', score: 0 }),
  ];
  for (const report of results) {
    await store.submissions.accept(submission(report.submissionId), limit);
    await store.submissions.storeReport(report, new Date(START));
  }
  const progress = await store.submissions.progress('ada');
  const began = { startedAt: new Date(START).toISOString() };
  const unhelped = { hintsShown: 0, solutionAskedAt: null };
  expect(progress.sort((a, b) => a.lesson.localeCompare(b.lesson))).toEqual([
    { lesson: 'log/append', ...began, passedAt: '2026-01-01T00:00:00.000Z', bestScore: 1, attempts: 2, ...unhelped },
    { lesson: 'log/keys', ...began, passedAt: null, bestScore: null, attempts: 0, ...unhelped },
  ]);
});

test('a report that was stored before evidence had kinds is read as one that shows records', async () => {
  await using store = await openTestStore();
  await store.submissions.accept(submission('one'), limit);
  const seen = { topic: 'orders', partition: 0, offset: '41', key: null, observed: 'x', expected: 'y' };
  const check = {
    id: 'stored',
    title: 'Stored',
    status: 'fail',
    round: 1,
    message: 'm',
    expected: 'e',
    question: 'q',
    diagnosis: null,
  };
  const old: Report = JSON.parse(
    JSON.stringify({ ...reportOf('one'), status: 'fail', checks: [{ ...check, evidence: [seen] }] }),
  );
  await store.submissions.storeReport(old, new Date(START));
  const read = await store.submissions.read('ada', 'one');
  expect(read?.report?.checks).toEqual([{ ...check, evidence: [{ kind: 'record', ...seen }] }]);
});

test('a learner began with the first save, whatever was saved later, or with a check before it', async () => {
  await using store = await openTestStore();
  const save = (basedOn: number, atMs: number) =>
    store.drafts.save({ learnerId: 'ada', lesson: 'log/append', files: {}, basedOn, now: new Date(START + atMs) });
  await save(0, 5000);
  await save(1, 9000);
  const began = async () => (await store.submissions.progress('ada')).map(({ startedAt }) => startedAt && Date.parse(startedAt));
  expect(await began()).toEqual([START + 5000]);
  for (const [id, atMs] of [
    ['one', 7000],
    ['two', 1000],
  ] as const) {
    await store.submissions.accept(submission(id, { now: new Date(START + atMs) }), limit);
    await store.submissions.storeReport(reportOf(id), new Date(START));
    expect(await began()).toEqual([START + Math.min(5000, atMs)]);
  }
});
