/**
 * Help while a learner types SQL: what is wrong, and what can stand here. Asked of the learner's own Flink; the latest question of a
 * learner ends the one before it.
 */
import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { PlatformError } from '#sandbox/errors.ts';
import { checkSql, type SqlCheckOptions } from '#sandbox/languages/flink-sql/check.ts';
import { completeSql } from '#sandbox/languages/flink-sql/complete.ts';
import { sqlFiles } from '#sandbox/languages/flink-sql/sql-files.ts';
import type { Lease } from '#sandbox/leases/lease.ts';
import type { Leases } from '#sandbox/leases/leases.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { SqlChecked, SqlCompletions } from '#sandbox/protocol/sql.ts';

export interface SqlHelp {
  /** @returns no errors and `checked: false` while no Flink is there, or when a newer question ended this one */
  check(learnerId: string, exercise: Exercise, files: Files): Promise<SqlChecked>;
  complete(learnerId: string, exercise: Exercise, at: { files: Files; line: number; column: number }): Promise<SqlCompletions>;
}

export interface SqlHelpOptions {
  leases: Leases;
  onFault: (error: unknown) => void;
  check?: typeof checkSql;
  complete?: typeof completeSql;
}

/** Statements that take Flink longer than this to plan are not worth a marker. */
const LIMIT_MS = 10_000;

export function openSqlHelp({ leases, onFault, check = checkSql, complete = completeSql }: SqlHelpOptions): SqlHelp {
  const checks = latestOnly();
  const completions = latestOnly();

  /** The learner's lease, once its Flink is there; else it is taken in the background. */
  function readyLease(learnerId: string): Lease | string {
    const lease = leases.current(learnerId);
    if (lease?.flink.current()) return lease;
    if (lease) lease.flink.warm();
    else leases.hold(learnerId).then((held) => held.flink.warm(), onFault);
    return lease?.flink.awaiting ?? 'a free sandbox';
  }

  return {
    async check(learnerId, exercise, files) {
      const lease = readyLease(learnerId);
      if (typeof lease === 'string') return { checked: false, awaiting: lease, errors: [] };
      const errors = await checks(learnerId, (signal) => ask(lease, exercise, files, (options) => check({ ...options, signal })));
      return { checked: errors !== null, awaiting: null, errors: errors ?? [] };
    },
    async complete(learnerId, exercise, { files, line, column }) {
      const lease = readyLease(learnerId);
      if (typeof lease === 'string') return { items: [] };
      const items = await completions(learnerId, (signal) =>
        ask(lease, exercise, files, (options) => complete({ ...options, line, column, signal })),
      );
      return { items: items ?? [] };
    },
  };
}

/** Null when Flink ended meanwhile. */
async function ask<T>(
  lease: Lease,
  exercise: Exercise,
  files: Files,
  question: (options: SqlCheckOptions) => Promise<T>,
): Promise<T | null> {
  const flink = lease.flink.current();
  const entry = exercise.spec.files[0];
  const all = sqlFiles(exercise, files);
  const file = all.find(({ name }) => name === entry);
  if (!flink || !file) return null;
  using _inUse = lease.use();
  try {
    return await question({ flink, tenant: lease.tenant, before: all.slice(0, all.indexOf(file)), file });
  } catch (error) {
    if (flink.broken()) return null;
    throw error;
  }
}

/** Runs one task a learner; a new one ends the last, which then gives null, as does one that takes too long. */
function latestOnly() {
  const current = new Map<string, AbortController>();
  return async <T>(learnerId: string, task: (signal: AbortSignal) => Promise<T>): Promise<T | null> => {
    current.get(learnerId)?.abort(new Error('a newer question came'));
    const own = new AbortController();
    current.set(learnerId, own);
    const signal = AbortSignal.any([own.signal, AbortSignal.timeout(LIMIT_MS)]);
    try {
      return await task(signal);
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    } finally {
      if (current.get(learnerId) === own) current.delete(learnerId);
    }
  };
}

/** @throws PlatformError INVALID_INPUT when the exercise is not one in Flink SQL */
export function requireSql({ lesson, spec }: Exercise): void {
  if (spec.language === 'flink-sql') return;
  throw new PlatformError('INVALID_INPUT', {
    message: `body.lesson: ${lesson} is not a lesson in Flink SQL`,
    hint: 'Ask for a lesson whose language is flink-sql.',
  });
}
