import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { PlatformError } from '#sandbox/errors.ts';
import { drawRound, type RoundData } from '#sandbox/generators/round.ts';
import { sqlFiles } from '#sandbox/languages/flink-sql/sql-files.ts';
import { brokersOf, clusterEnvironment, programFiles } from '#sandbox/languages/typescript/program-files.ts';
import type { DedicatedBroker } from '#sandbox/leases/dedicated-broker.ts';
import type { LentFlink } from '#sandbox/leases/flink-pool.ts';
import type { OutputChunk } from '#sandbox/protocol/run.ts';
import type { RunLimits, Workspace } from '#sandbox/providers/provider.ts';
import type { Tenancy, Tenant, TenantTopic } from '#sandbox/tenancy/tenancy.ts';
import type { GraderProcess } from './grader-process.ts';
import type { Verdict } from './judge/ipc.ts';
import { createPrograms, type StartProgram } from './programs.ts';
import type { RoundOutcome } from './report.ts';
import { sqlProgram } from './sql-program.ts';
import { answerBroker, isBrokerCall } from './submission-broker.ts';
import { workspaceProgram } from './workspace-program.ts';

/** What a round needs before its program can start: a principal, topics and a workspace that nobody used before. */
export interface PreparedRound extends AsyncDisposable {
  readonly round: number;
  readonly data: RoundData;
  readonly tenant: Tenant;
  readonly topics: readonly TenantTopic[];
  /** None for SQL, which runs in Flink. */
  readonly workspace: Workspace | null;
}

const GENERATION = 1;

export interface PrepareOptions {
  exercise: Exercise;
  round: number;
  seed: number;
  tenancy: Tenancy;
  tenants: () => Promise<Tenant>;
  openWorkspace: () => Promise<Workspace>;
}

/** Makes everything of a round. Disposing it removes everything again. */
export async function prepareRound(options: PrepareOptions): Promise<PreparedRound> {
  const { exercise, round, seed, tenancy, tenants, openWorkspace } = options;
  await using made = new AsyncDisposableStack();
  const data = drawRound(exercise.spec, seed, round);
  const tenant = made.adopt(await tenants(), (one) => tenancy.remove(one));
  const topics = await tenancy.createTopics(tenant, GENERATION, data.topics);
  const isSql = exercise.spec.language === 'flink-sql';
  const workspace = isSql ? null : made.use(await openWorkspace());
  const all = made.move();
  return { round, data, tenant, topics, workspace, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

export interface RunRoundOptions {
  exercise: Exercise;
  /** The learner's files. */
  files: Readonly<Record<string, string>>;
  grader: GraderProcess;
  /** Of SQL alone. */
  flink: LentFlink | null;
  limits: RunLimits & { maxJobs: number };
  graderMs: number;
  broker: Tenancy['broker'];
  /** The brokers that the exercise operates; null where it shares one. */
  own: DedicatedBroker | null;
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
export async function runRound(prepared: PreparedRound, options: RunRoundOptions): Promise<RanRound> {
  const { round, data, tenant, topics } = prepared;
  const { exercise, grader, graderMs, broker, own, onVerdict, signal } = options;
  const verdicts: Verdict[] = [];
  await using programs = createPrograms({ start: programOf(prepared, options), signal });
  await grader.judge(
    {
      round,
      graderPath: exercise.graderPath,
      checks: Object.keys(exercise.spec.checks),
      login: {
        endpoint: broker,
        others: own?.endpoints.slice(1) ?? [],
        username: tenant.principal,
        password: tenant.password,
      },
      brokers: own?.endpoints.length ?? 0,
      topics: [...topics],
      seed: data.seed,
      inputs: data.inputs,
      records: data.records,
      later: data.later,
    },
    {
      limitMs: graderMs,
      answer: (call) => (isBrokerCall(call) ? answerBroker(own, call) : programs.answer(call)),
      onVerdict: (verdict) => {
        verdicts.push(verdict);
        onVerdict(verdict);
      },
      signal,
    },
  );
  return { round, verdicts, output: programs.output, ranAt: programs.ranAt() };
}

function programOf({ tenant, topics, data, workspace }: PreparedRound, options: RunRoundOptions): StartProgram {
  const { exercise, files, flink, own, limits } = options;
  if (workspace) {
    const program = {
      files: programFiles(exercise, files, data),
      entry: exercise.spec.files[0] ?? 'main.ts',
      env: clusterEnvironment({ ...brokersOf(workspace, Object.keys(own?.reach ?? {}).slice(1)), tenant, topics }),
    };
    return workspaceProgram(workspace, program, limits);
  }
  if (flink) return sqlProgram({ files: sqlFiles(exercise, files), flink, tenant, generation: GENERATION, limits });
  throw new PlatformError('SERVICE_NOT_READY', { message: 'There is no Flink to judge on.', hint: 'Hand in again.' });
}
