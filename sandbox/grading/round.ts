import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { needsOf } from '#sandbox/catalog/needs.ts';
import { drawSubmissionRound, type RoundData } from '#sandbox/generators/round.ts';
import { ProgramLost } from '#sandbox/languages/contract/program.ts';
import { languages } from '#sandbox/languages/languages.ts';
import type { DedicatedBroker } from '#sandbox/leases/dedicated-broker.ts';
import type { LentFlink } from '#sandbox/leases/flink-pool.ts';
import type { OutputChunk, RunResult } from '#sandbox/protocol/run.ts';
import type { RunLimits, Workspace } from '#sandbox/providers/provider.ts';
import type { Tenancy, Tenant, TenantTopic } from '#sandbox/tenancy/tenancy.ts';
import type { GraderProcess } from './grader-process.ts';
import type { Verdict } from './judge/ipc.ts';
import { createPrograms, type StartProgram } from './programs.ts';
import type { RoundOutcome } from './report.ts';
import { answerBroker, isBrokerCall } from './submission-broker.ts';
import { flinkWasLost } from './submission-flink.ts';

/** What a round needs before its program can start: a principal, topics and a workspace that nobody used before. */
export interface PreparedRound extends AsyncDisposable {
  readonly round: number;
  readonly data: RoundData;
  readonly tenant: Tenant;
  readonly topics: readonly TenantTopic[];
  /** Null where the exercise needs none. */
  readonly workspace: Workspace | null;
}

const GENERATION = 1;

export interface PrepareOptions {
  exercise: Exercise;
  round: number;
  /** Of the submission. */
  baseSeed: number;
  tenancy: Tenancy;
  tenants: () => Promise<Tenant>;
  openWorkspace: () => Promise<Workspace>;
}

/** Makes everything of a round. Disposing it removes everything again. */
export async function prepareRound(options: PrepareOptions): Promise<PreparedRound> {
  const { exercise, round, baseSeed, tenancy, tenants, openWorkspace } = options;
  await using made = new AsyncDisposableStack();
  const data = drawSubmissionRound(exercise.spec, baseSeed, round);
  const tenant = made.adopt(await tenants(), (one) => tenancy.remove(one));
  const topics = await tenancy.createTopics(tenant, GENERATION, data.topics);
  const workspace = needsOf(exercise.spec).lent.includes('workspace') ? made.use(await openWorkspace()) : null;
  const all = made.move();
  return { round, data, tenant, topics, workspace, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

export interface RunRoundOptions {
  exercise: Exercise;
  /** The learner's files. */
  files: Readonly<Record<string, string>>;
  grader: GraderProcess;
  /** Null where the exercise needs none. */
  flink: LentFlink | null;
  limits: RunLimits & { maxJobs: number };
  graderMs: number;
  broker: Tenancy['broker'];
  /** The brokers that the exercise operates; null where it shares one. */
  dedicatedBroker: DedicatedBroker | null;
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
  const { exercise, grader, graderMs, broker, dedicatedBroker, onVerdict, signal } = options;
  const verdicts: Verdict[] = [];
  await using programs = createPrograms({ start: programOf(prepared, options), signal });
  await grader.judge(
    {
      round,
      graderPath: exercise.graderPath,
      files: Object.values(options.files),
      checks: Object.keys(exercise.spec.checks),
      login: {
        endpoint: broker,
        others: dedicatedBroker?.endpoints.slice(1) ?? [],
        username: tenant.principal,
        password: tenant.password,
      },
      brokers: dedicatedBroker?.endpoints.length ?? 0,
      prefix: tenant.prefix,
      topics: [...topics],
      seed: data.seed,
      inputs: data.inputs,
      records: data.records,
      later: data.later,
    },
    {
      limitMs: graderMs,
      answer: (call) => (isBrokerCall(call) ? answerBroker(dedicatedBroker, call) : programs.answer(call)),
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
  const { exercise, files, flink, dedicatedBroker, limits } = options;
  const lent = { workspace, flink, otherBrokers: Object.keys(dedicatedBroker?.reach ?? {}).slice(1) };
  const request = { exercise, files, data, lent, tenant, generation: GENERATION, topics, limits };
  return ({ mode, ...running }) => {
    const program = languages[exercise.spec.language].start({ ...request, ...running, bounded: mode === 'bounded' });
    return { ...program, ended: judgeable(program.ended, flink) };
  };
}

/** How a program ended, unless what it ran in ended under it. */
async function judgeable(ended: Promise<RunResult>, flink: LentFlink | null): Promise<RunResult> {
  const result = await ended.catch((error: unknown) => {
    throw error instanceof ProgramLost ? flinkWasLost() : error;
  });
  if (flink?.broken()) throw flinkWasLost();
  return result;
}
