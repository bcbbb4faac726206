/** What a lesson's programs must show: the rules of a proof. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Exercise } from '#sandbox/catalog/catalog.ts';
import type { Report } from '#sandbox/protocol/report.ts';
import { readProgram } from './submitted-files.ts';

export interface Subject {
  kind: 'empty' | 'starter' | 'solution' | 'alternate' | 'wrong';
  /** Path in the lesson's folder; `empty` of the empty program. */
  name: string;
  files: Record<string, string>;
}

/** All programs of a lesson that are graded for its proof. */
export async function subjectsOf(exercise: Exercise): Promise<Subject[]> {
  const { spec, dir } = exercise;
  const alternates = await readdir(join(dir, 'alternates')).catch(() => []);
  const named: Omit<Subject, 'files'>[] = [
    { kind: 'starter', name: 'starter' },
    { kind: 'solution', name: 'solution' },
    ...alternates.map((file) => ({ kind: 'alternate' as const, name: `alternates/${file}` })),
    ...Object.keys(spec.wrong).map((file) => ({ kind: 'wrong' as const, name: `wrong/${file}` })),
  ];
  const empty: Subject = { kind: 'empty', name: 'empty', files: Object.fromEntries(spec.files.map((file) => [file, ''])) };
  return [empty, ...(await Promise.all(named.map(async (one) => ({ ...one, files: await readProgram(exercise, one.name) }))))];
}

/** Checks that no wrong program fails: nothing shows that they can fail at all. */
export function unprovenChecks({ spec }: Pick<Exercise, 'spec'>): string[] {
  const failed = new Set(Object.values(spec.wrong).map(({ fails }) => fails));
  return Object.keys(spec.checks).filter((id) => !failed.has(id));
}

/** What is wrong with a program's report, or null when it is as it must be. */
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
