import { expect, test } from 'vitest';
import type { Verdict } from '#sandbox/grading/judge/ipc.ts';
import {
  checkResults,
  faultReport,
  isDecided,
  judgedReport,
  MAX_SHOWN_OUTPUT,
  roundPassed,
  shownOutput,
} from '#sandbox/grading/report.ts';
import { reportSchema } from '#sandbox/protocol/report.ts';

const titles = { stored: 'Stored', order: 'In order', ends: 'Ends' };
const now = '2026-03-02T08:00:00.000Z';
const facts = {
  submissionId: 's1',
  lesson: 'log/append',
  seed: 1,
  rounds: 2,
  contentHash: 'c',
  graderHash: 'g',
  phases: { queued: now, started: now, ready: now, ran: now, graded: now },
  output: { text: '', truncated: false },
};
const pass = (id: string): Verdict => ({ id, status: 'pass' });
const failed = (id: string): Verdict => ({ id, status: 'fail', finding: { message: 'm', expected: 'e', question: 'q' } });
const skipped = (id: string, needs: string): Verdict => ({ id, status: 'skipped', needs });

test('all checks passed is a pass with the full score', () => {
  const checks = checkResults({ round: 2, verdicts: [pass('stored'), pass('order'), pass('ends')] }, titles);
  expect(reportSchema.parse(judgedReport(facts, checks))).toMatchObject({ status: 'pass', score: 1, error: null });
});

test('one failure is a fail that names its round, and the score is the share that passed', () => {
  const checks = checkResults({ round: 2, verdicts: [pass('stored'), failed('order'), pass('ends')] }, titles);
  const report = reportSchema.parse(judgedReport(facts, checks));
  expect(report).toMatchObject({ status: 'fail', score: 2 / 3 });
  expect(report.checks[1]).toMatchObject({ id: 'order', status: 'fail', round: 2, diagnosis: null, evidence: [] });
});

test('a skipped check does not pass and names what it needs', () => {
  const outcome = { round: 1, verdicts: [failed('stored'), skipped('order', 'stored'), skipped('ends', 'stored')] };
  expect(roundPassed(outcome)).toBe(false);
  expect(judgedReport(facts, checkResults(outcome, titles))).toMatchObject({ status: 'fail', score: 0 });
  expect(checkResults(outcome, titles)[1]).toEqual({ id: 'order', title: 'In order', status: 'skipped', needs: 'stored' });
});

test('a submission is decided by its first round that fails, or by its last', () => {
  const passed = [pass('stored')];
  expect([1, 2, 3].map((round) => isDecided({ round, verdicts: passed }, 3))).toEqual([false, false, true]);
  expect(isDecided({ round: 1, verdicts: [...passed, failed('order')] }, 3)).toBe(true);
});

test("checks appear in the author's order, in whatever order they were judged", () => {
  const checks = checkResults({ round: 1, verdicts: [pass('ends'), pass('stored'), pass('order')] }, titles);
  expect(checks.map(({ id }) => id)).toEqual(['stored', 'order', 'ends']);
});

test('a check without a verdict never counts as passed', () => {
  const report = judgedReport(facts, checkResults({ round: 1, verdicts: [pass('stored'), pass('ends')] }, titles));
  expect(report).toMatchObject({ status: 'fail', score: 2 / 3 });
});

test('a Streamwright error has no verdict', () => {
  const report = reportSchema.parse(faultReport(facts, { error: 'Kafka was gone.', titles }));
  expect(report).toMatchObject({ status: 'error', score: 0, error: 'Kafka was gone.' });
  expect(report.checks.every(({ status }) => status === 'skipped')).toBe(true);
});

test('output is cut at a code point', () => {
  expect(shownOutput([{ text: 'a' }, { text: 'b' }])).toEqual({ text: 'ab', truncated: false, lastLines: ['ab'] });
  const cut = shownOutput([{ text: `x${'🚲'.repeat(MAX_SHOWN_OUTPUT / 4)}` }]);
  expect(cut.truncated).toBe(true);
  expect(cut.text).toBe(`x${'🚲'.repeat(MAX_SHOWN_OUTPUT / 4 - 1)}`);
});

test('of a long output the report keeps the last lines whole, and folds a stack', () => {
  const noise = Array.from({ length: 3000 }, (_, index) => `line ${index}\n`).join('');
  const stack = `Error: stopped\n    at file:///main.ts:3:7\n    at b (node:internal/b:1:1)\n    at c (node:internal/c:1:1)\n\nNode.js v24\n`;
  const { lastLines, truncated } = shownOutput([{ text: noise }, { text: stack }]);
  expect(truncated).toBe(true);
  expect(lastLines?.slice(-5)).toEqual([
    'Error: stopped',
    '    at file:///main.ts:3:7',
    '    … 2 more frames',
    '',
    'Node.js v24',
  ]);
  expect(lastLines).toHaveLength(12);
  expect(shownOutput([]).lastLines).toEqual([]);
});
