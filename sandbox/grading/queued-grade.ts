import type { Catalog, Exercise } from '#sandbox/catalog/catalog.ts';
import { PlatformError } from '#sandbox/errors.ts';
import type { LeaseStack, PendingStack } from '#sandbox/leases/pending-stack.ts';
import type { ProviderWatch } from '#sandbox/leases/provider-watch.ts';
import type { Report } from '#sandbox/protocol/report.ts';
import { waitingFor } from '#sandbox/protocol/waiting.ts';
import type { StoredSubmission } from '#sandbox/store/submission-rows.ts';
import type { Foundation } from './foundation.ts';
import type { Grade, GradeHooks } from './queue.ts';
import { faultReport } from './report.ts';

/** Grades on a broker that is up; faults of ours are a report with status `error`. */
export type GradeOnce<Stack> = (
  stack: Stack,
  exercise: Exercise,
  submission: StoredSubmission,
  hooks: GradeHooks & { foundation: Foundation },
) => Promise<Report>;

export interface QueuedGradeOptions<Stack extends LeaseStack> {
  stack: PendingStack<Stack>;
  watch: Pick<ProviderWatch, 'check' | 'recovered'>;
  catalog: Pick<Catalog, 'exercise'>;
  grade: GradeOnce<Stack>;
  onFault: (error: unknown, submissionId: string) => void;
}

/**
 * Grades submissions of the queue: waits until programs can be run, and lets the grading know what became of the broker, and of what
 * the provider stands on, while it ran.
 */
export function gradeOnStack<Stack extends LeaseStack>(options: QueuedGradeOptions<Stack>): Grade {
  const { stack, watch, catalog, grade, onFault } = options;

  /** @throws PlatformError when the broker does not come back on a provider that is there */
  async function usableStack({ signal, onWait }: GradeHooks): Promise<Stack> {
    for (;;) {
      if (await watch.check()) onWait(waitingFor('provider'));
      await watch.recovered(signal);
      onWait(stack.state() === 'ready' ? null : waitingFor('kafka'));
      try {
        return await stack.ready(signal);
      } catch (error) {
        const isComing = stack.state() === 'starting' || (await watch.check()) !== null;
        if (signal.aborted || !isComing) throw error;
      }
    }
  }

  function foundationOf({ broker }: Stack, hooks: GradeHooks): Foundation {
    return {
      brokerLife: () => (broker.state() === 'ready' ? broker.incarnation : null),
      isAway: async () => (await watch.check()) !== null,
      restored: async () => {
        await usableStack(hooks);
        hooks.onWait(null);
      },
    };
  }

  return async (submission, hooks) => {
    try {
      const exercise = catalog.exercise(submission.lesson);
      const up = await usableStack(hooks);
      hooks.onWait(null);
      return await grade(up, exercise, submission, { ...hooks, foundation: foundationOf(up, hooks) });
    } catch (error) {
      if (hooks.signal.aborted) throw error;
      onFault(error, submission.id);
      return unjudged(submission, error instanceof PlatformError ? error.message : 'The grading met a fault of its own.');
    }
  };
}

function unjudged({ id, lesson, submittedAt }: StoredSubmission, error: string): Report {
  const now = new Date().toISOString();
  const facts = {
    submissionId: id,
    lesson,
    seed: 0,
    rounds: 0,
    contentHash: '',
    graderHash: '',
    phases: { queued: submittedAt, started: now, ready: now, ran: now, graded: now },
    output: { text: '', truncated: false },
  };
  return faultReport(facts, { error, titles: {} });
}
