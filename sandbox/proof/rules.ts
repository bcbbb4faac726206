/** What a lesson's programs must show: the rules of a proof. */
import type { Exercise } from '#sandbox/catalog/catalog.ts';
import type { Report } from '#sandbox/protocol/report.ts';
import type { Subject } from './subjects.ts';

/** Returns the checks that no wrong program fails: nothing shows that they can fail at all. */
export function unprovenChecks({ spec }: Pick<Exercise, 'spec'>): string[] {
  const failed = new Set(Object.values(spec.wrong).map(({ fails }) => fails));
  return Object.keys(spec.checks).filter((id) => !failed.has(id));
}

/** Returns what is wrong with a program's report, or null when it has the required result. */
export function objection(
  { kind, name }: Pick<Subject, 'kind' | 'name'>,
  report: Report,
  { spec }: Pick<Exercise, 'spec'>,
): string | null {
  if (report.status === 'error') return `could not be judged: ${report.error}`;
  const first = report.checks.find((check) => check.status === 'fail');
  const found = first
    ? `failed ${first.id}${first.status === 'fail' && first.diagnosis ? ` with ${first.diagnosis}` : ''}`
    : 'passed';
  switch (kind) {
    case 'empty': {
      const passed = report.checks.filter(({ status }) => status === 'pass').map(({ id }) => id);
      return first && passed.length === 0 ? null : `must pass no check, passed ${passed.join(', ')}`;
    }
    case 'starter':
      return first ? null : 'must fail, passed';
    case 'solution':
    case 'alternate':
      return first ? `must pass, ${found}` : null;
    case 'wrong': {
      const { fails, diagnosis } = spec.wrong[name.slice('wrong/'.length)] ?? { fails: '?' };
      const sameCheck = first?.id === fails;
      const sameDiagnosis = diagnosis === undefined || (first?.status === 'fail' && first.diagnosis === diagnosis);
      return sameCheck && sameDiagnosis ? null : `must fail ${fails}${diagnosis ? ` with ${diagnosis}` : ''} first, ${found}`;
    }
  }
}
