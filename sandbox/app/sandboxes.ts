import type { Config } from '#sandbox/config.ts';
import type { Languages } from '#sandbox/languages/languages.ts';
import { type Leases, openLeases } from '#sandbox/leases/leases.ts';
import { openRunLens, type RunLens } from '#sandbox/runs/run-lens.ts';
import { openRuns, type Runs, type RunsOptions } from '#sandbox/runs/runs.ts';
import { openSqlHelp, type SqlHelp } from '#sandbox/runs/sql-help.ts';
import { openStartGate } from '#sandbox/runs/start-gate.ts';
import { newId } from './new-id.ts';
import type { OnFault, Parts } from './parts.ts';

export interface SandboxesOptions {
  config: Pick<Config, 'limits'>;
  parts: Parts;
  publish: RunsOptions['publish'];
  /** Where the newest run of each lesson is kept. */
  kept: RunsOptions['kept'];
  onFault: OnFault;
  /** Replaces the languages in tests. */
  languages?: Languages | undefined;
}

/** Learners' sandboxes and everything done in them. Disposing it ends every run and every lease. */
export interface Sandboxes extends AsyncDisposable {
  leases: Leases;
  lens: RunLens;
  runs: Runs;
  sqlHelp: SqlHelp;
}

/** Opens sandboxes on the parts; the first learner who needs one takes it. */
export async function openSandboxes(options: SandboxesOptions): Promise<Sandboxes> {
  const { config, parts, publish, kept, onFault, languages } = options;
  const { stack, spares, flinks, dedicated, workspaces } = parts;
  const { limits } = config;
  const note = (what: string) => (error: unknown) => onFault(what, error);
  await using opened = new AsyncDisposableStack();
  const leases = opened.use(
    openLeases({
      ...{ stack, spares, flinks, dedicated, workspaces },
      idleMs: limits.leaseIdleMs,
      now: () => performance.now(),
      onFlinkGiven: (learnerId) => lens.flinkGiven(learnerId),
      onFault: note('a lease could not be ended'),
    }),
  );
  const lens = openRunLens({ stack, publish, onFault: note('the lens stopped following a run') });
  const runs = opened.use(
    openRuns({
      stack,
      leases,
      limits: limits.program,
      gate: openStartGate(limits.starting),
      sqlLimits: limits.flink,
      publish,
      newId,
      kept,
      onTopics: lens.follow,
      onJobs: lens.followJobs,
      watermarkOf: lens.watermarkOf,
      onFault: note('a run failed'),
      table: languages,
    }),
  );
  const sqlHelp = openSqlHelp({ leases, onFault: note('no sandbox could be created for a check'), table: languages });
  const all = opened.move();
  return { leases, lens, runs, sqlHelp, [Symbol.asyncDispose]: () => all.disposeAsync() };
}
