/**
 * Help while a learner types SQL: what is wrong, and what can stand here. Asked of the learner's own Flink; the latest question of a
 * learner ends the one before it.
 */

import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { PlatformError } from '#sandbox/errors.ts';
import type { HelpRequest, TypingHelp } from '#sandbox/languages/contract/help.ts';
import { type Languages, languages } from '#sandbox/languages/languages.ts';
import type { Lease } from '#sandbox/leases/lease.ts';
import type { Leases } from '#sandbox/leases/leases.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { SqlChecked, SqlCompletions } from '#sandbox/protocol/sql.ts';
import { type Waiting, waitingFor } from '#sandbox/protocol/waiting.ts';

export interface SqlHelp {
  /** @returns no errors and `checked: false` while no Flink is there, or when a newer question ended this one */
  check(learnerId: string, exercise: Exercise, files: Files): Promise<SqlChecked>;
  complete(learnerId: string, exercise: Exercise, at: { files: Files; line: number; column: number }): Promise<SqlCompletions>;
}

export interface SqlHelpOptions {
  leases: Leases;
  onFault: (error: unknown) => void;
  /** Who helps, by language. */
  table?: Languages | undefined;
}

/** Statements that take Flink longer than this to plan are not worth a marker. */
const LIMIT_MS = 10_000;

export function openSqlHelp({ leases, onFault, table = languages }: SqlHelpOptions): SqlHelp {
  const checks = latestOnly();
  const completions = latestOnly();

  /** The learner's lease, once its Flink is there; else what the learner waits for, while it is taken in the background. */
  function readyLease(learnerId: string): { lease: Lease } | { awaiting: Waiting } {
    const lease = leases.current(learnerId);
    if (lease?.flink.current()) return { lease };
    if (lease) lease.flink.warm();
    else leases.hold(learnerId).then((held) => held.flink.warm(), onFault);
    return { awaiting: lease?.flink.awaiting ?? waitingFor('sandbox') };
  }

  /** Null when Flink ended meanwhile. */
  async function ask<T>(
    lease: Lease,
    { exercise, files, signal }: Omit<HelpRequest, 'flink' | 'tenant'>,
    question: (help: TypingHelp, request: HelpRequest) => Promise<T>,
  ): Promise<T | null> {
    const flink = lease.flink.current();
    const { help } = table[exercise.spec.language];
    if (!flink || !help) return null;
    using _inUse = lease.use();
    try {
      return await question(help, { flink, tenant: lease.tenant, exercise, files, signal });
    } catch (error) {
      if (flink.broken()) return null;
      throw error;
    }
  }

  return {
    async check(learnerId, exercise, files) {
      const ready = readyLease(learnerId);
      if ('awaiting' in ready) return { checked: false, awaiting: ready.awaiting, errors: [] };
      const errors = await checks(learnerId, (signal) =>
        ask(ready.lease, { exercise, files, signal }, (help, request) => help.check(request)),
      );
      return { checked: errors !== null, awaiting: null, errors: errors ?? [] };
    },
    async complete(learnerId, exercise, { files, line, column }) {
      const ready = readyLease(learnerId);
      if ('awaiting' in ready) return { items: [] };
      const items = await completions(learnerId, (signal) =>
        ask(ready.lease, { exercise, files, signal }, (help, request) => help.complete({ ...request, line, column })),
      );
      return { items: items ?? [] };
    },
  };
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

/** @throws PlatformError INVALID_INPUT when the language of the exercise has no help */
export function requireHelp({ lesson, spec }: Exercise): void {
  if (languages[spec.language].help) return;
  const having = Object.entries(languages).filter(([, { help }]) => help);
  throw new PlatformError('INVALID_INPUT', {
    message: `body.lesson: ${lesson} is not a lesson in ${having.map(([, { title }]) => title).join(' or ')}`,
    hint: `Ask for a lesson whose language is ${having.map(([name]) => name).join(' or ')}.`,
  });
}
