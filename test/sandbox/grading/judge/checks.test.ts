import { expect, test } from 'vitest';
import { createChecks } from '#sandbox/grading/judge/checks.ts';
import type { Verdict } from '#sandbox/grading/judge/ipc.ts';
import { CheckFailed } from '#sandbox/grading/kit/finding.ts';

const finding = { message: 'm', expected: 'e', question: 'q' };
const failing = () => {
  throw new CheckFailed(finding);
};

function open() {
  const verdicts: Verdict[] = [];
  return { verdicts, checks: createChecks(['stored', 'order', 'ends'], (verdict) => verdicts.push(verdict)) };
}

test('a check passes when its judge does not object, also later', async () => {
  const { verdicts, checks } = open();
  await checks.check('stored', () => undefined);
  await checks.check('order', async () => undefined);
  await checks.check('ends', async () => failing());
  checks.finish();
  expect(verdicts.map(({ status }) => status)).toEqual(['pass', 'pass', 'fail']);
});

test('a check is skipped when what it needs failed or was skipped', async () => {
  const { verdicts, checks } = open();
  await checks.check('stored', failing);
  await checks.check('order', { needs: 'stored' }, () => undefined);
  await checks.check('ends', { needs: ['order'] }, () => undefined);
  expect(verdicts.slice(1)).toEqual([
    { id: 'order', status: 'skipped', needs: 'stored' },
    { id: 'ends', status: 'skipped', needs: 'order' },
  ]);
});

test('an error that is not a finding is a fault of the grader', async () => {
  const { verdicts, checks } = open();
  const broken = () => {
    throw new TypeError('undefined is not a function');
  };
  await expect(checks.check('stored', broken)).rejects.toThrow(TypeError);
  expect(verdicts).toEqual([]);
});

test('an unknown check, one judged twice, one that needs what was not judged, and one left out are faults', async () => {
  const { checks } = open();
  await expect(checks.check('sorted', () => undefined)).rejects.toThrow('does not stand in exercise.yaml');
  await expect(checks.check('order', { needs: 'stored' }, () => undefined)).rejects.toThrow('not judged before it');
  await checks.check('stored', () => undefined);
  await expect(checks.check('stored', () => undefined)).rejects.toThrow('judged twice');
  expect(() => checks.finish()).toThrow('did not judge order, ends');
});

test('more evidence than a report holds is cut', async () => {
  const { verdicts, checks } = open();
  const line = { kind: 'record' as const, topic: 't', partition: 0, offset: '1', key: null, observed: 'o', expected: 'e' };
  await checks.check('stored', () => {
    throw new CheckFailed({ ...finding, evidence: Array.from({ length: 50 }, () => line) });
  });
  const [verdict] = verdicts;
  expect(verdict?.status === 'fail' && verdict.finding.evidence?.length).toBe(20);
});
