import type { CheckResult, Report } from '#sandbox/protocol/report.ts';

export const pass = (id: string): CheckResult => ({ id, title: id, status: 'pass' });
export const fail = (id: string, diagnosis: string | null = null): CheckResult => ({
  id,
  title: `${id} <"&">`,
  status: 'fail',
  round: 1,
  message: 'a & b\u0007',
  expected: 'e',
  question: 'q',
  diagnosis,
  evidence: [],
});
export const skipped = (id: string): CheckResult => ({ id, title: id, status: 'skipped', needs: null });
const now = new Date(0).toISOString();
/** Returns a report with these checks; with an error, one that could not be judged. */
export function report(checks: CheckResult[], error: string | null = null): Report {
  const failed = checks.some(({ status }) => status === 'fail');
  return {
    version: 1,
    submissionId: 's',
    lesson: 'test/lesson',
    status: error === null ? (failed ? 'fail' : 'pass') : 'error',
    score: 0,
    seed: 3,
    rounds: 2,
    contentHash: '',
    graderHash: '',
    phases: { queued: now, started: now, ready: now, ran: now, graded: now },
    checks,
    output: { text: '', truncated: false },
    error,
  };
}
