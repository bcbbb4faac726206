import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { clusterEnvironment, programFiles } from '#sandbox/catalog/program-files.ts';
import { drawRound, type RoundData } from '#sandbox/generators/round.ts';
import type { OutputChunk } from '#sandbox/protocol/run.ts';
import type { RunLimits, SandboxProvider, Workspace } from '#sandbox/providers/provider.ts';
import type { Tenancy, Tenant, TenantTopic } from '#sandbox/tenancy/tenancy.ts';
import type { GraderProcess } from './grader-process.ts';
import type { Verdict } from './ipc.ts';
import { createPrograms } from './programs.ts';
import type { RoundOutcome } from './report.ts';

/** What a round needs before its program can start: a principal, topics and a workspace that nobody used before. */
export interface PreparedRound extends AsyncDisposable {
  readonly round: number;
  readonly data: RoundData;
  readonly tenant: Tenant;
  readonly topics: readonly TenantTopic[];
  readonly workspace: Workspace;
}

export interface PrepareOptions {
  exercise: Exercise;
  round: number;
  seed: number;
  provider: SandboxProvider;
  tenancy: Tenancy;
  tenants: () => Promise<Tenant>;
}

/** Makes everything of a round. Disposing it removes everything again. */
export async function prepareRound(options: PrepareOptions): Promise<PreparedRound> {
  const { exercise, round, seed, provider, tenancy, tenants } = options;
  await using made = new AsyncDisposableStack();
  const data = drawRound(exercise.spec, seed, round);
  const tenant = made.adopt(await tenants(), (one) => tenancy.remove(one));
  const topics = await tenancy.createTopics(tenant, 1, data.topics);
  const workspace = made.use(await provider.openWorkspace({ reach: { kafka: tenancy.broker } }));
  const all = made.move();
  return { round, data, tenant, topics, workspace, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

export interface RunRoundOptions {
  exercise: Exercise;
  /** The learner's files. */
  files: Readonly<Record<string, string>>;
  grader: GraderProcess;
  limits: RunLimits;
  graderMs: number;
  broker: Tenancy['broker'];
  onVerdict: (verdict: Verdict) => void;
  signal: AbortSignal;
}

export interface RanRound extends RoundOutcome {
  output: readonly OutputChunk[];
  /** When the last program had ended. */
  ranAt: Date;
}

/**
 * Runs the submitted program as the grader wants it, and collects the verdicts.
 * @throws GraderFault, PlatformError, the signal's reason
 */
export async function runRound(
  { round, data, tenant, topics, workspace }: PreparedRound,
  options: RunRoundOptions,
): Promise<RanRound> {
  const { exercise, files, grader, limits, graderMs, broker, onVerdict, signal } = options;
  const verdicts: Verdict[] = [];
  const program = {
    files: programFiles(exercise, files, data),
    entry: exercise.spec.files[0] ?? 'main.ts',
    env: clusterEnvironment({ address: workspace.address('kafka'), tenant, topics }),
  };
  await using programs = createPrograms({ workspace, program, limits, signal });
  await grader.judge(
    {
      round,
      graderPath: exercise.graderPath,
      checks: Object.keys(exercise.spec.checks),
      login: { endpoint: broker, username: tenant.principal, password: tenant.password },
      topics: [...topics],
      seed: data.seed,
      inputs: data.inputs,
      records: data.records,
    },
    {
      limitMs: graderMs,
      answer: programs.answer,
      onVerdict: (verdict) => {
        verdicts.push(verdict);
        onVerdict(verdict);
      },
      signal,
    },
  );
  return { round, verdicts, output: programs.output, ranAt: programs.ranAt() };
}
