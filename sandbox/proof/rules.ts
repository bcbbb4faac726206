/** What a lesson's programs must show: the rules of a proof. */
import type { Exercise } from '#sandbox/catalog/catalog.ts';
import type { Report } from '#sandbox/protocol/report.ts';
import type { Subject } from './subjects.ts';

/** Returns the checks that no wrong program fails: nothing shows that they can fail at all. */
export function unprovenChecks({ spec }: Pick<Exercise, 'spec'>): string[] {
  const failed = new Set(Object.values(spec.wrong).map(({ fails }) => fails));
  return Object.keys(spec.checks).filter((id) => !failed.has(id));
}

/** What a report says at its first failing check. */
export interface Found {
  fails: string;
  diagnosis: string | null;
  /** Null when it asks nothing specific. */
  asks: string | null;
}

/** Returns what a report says at its first failing check; null when no check fails. */
export function foundIn({ checks }: Pick<Report, 'checks'>): Found | null {
  const first = checks.find((check) => check.status === 'fail');
  if (first?.status !== 'fail') return null;
  return { fails: first.id, diagnosis: first.diagnosis, asks: first.question || null };
}

/** Returns what is wrong with a program's report, or null when it has the required result. */
export function objection(
  { kind, name }: Pick<Subject, 'kind' | 'name'>,
  report: Report,
  { spec }: Pick<Exercise, 'spec'>,
): string | null {
  if (report.status === 'error') return `could not be judged: ${report.error}`;
  const found = foundIn(report);
  switch (kind) {
    case 'empty': {
      const passed = report.checks.filter(({ status }) => status === 'pass').map(({ id }) => id);
      return found && passed.length === 0 ? null : `must pass no check, passed ${passed.join(', ')}`;
    }
    case 'starter':
      return found ? null : 'must fail, passed';
    case 'solution':
    case 'alternate':
      return found ? `must pass, ${failure(found)}` : null;
    case 'wrong':
      return difference(spec.wrong[name.slice('wrong/'.length)] ?? { fails: '?' }, found);
  }
}

type Required = Exercise['spec']['wrong'][string];

/** Compares check, diagnosis and question; what the lesson leaves out is not compared. */
function difference(required: Required, found: Found | null): string | null {
  const { fails, diagnosis, asks } = required;
  const where = `${fails}${diagnosis ? ` with ${diagnosis}` : ''}`;
  const isSame = found?.fails === fails && (diagnosis === undefined || found.diagnosis === diagnosis);
  if (!isSame) return `must fail ${where} first, ${found ? failure(found) : 'passed'}`;
  if (asks === undefined || found.asks === asks) return null;
  return `must be asked ${quoted(asks)} at ${where}, was asked ${quoted(found.asks)}`;
}

function failure({ fails, diagnosis, asks }: Found): string {
  return `failed ${fails}${diagnosis ? ` with ${diagnosis}` : ''}, was asked ${quoted(asks)}`;
}

function quoted(question: string | null): string {
  return question === null ? 'nothing specific' : `"${question}"`;
}
