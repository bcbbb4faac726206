import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { type Needs, needsOf } from '#sandbox/catalog/needs.ts';
import type { InputRecord } from '#sandbox/generators/generator.ts';
import { drawRound, VISIBLE_SEED } from '#sandbox/generators/round.ts';
import { type Languages, languages } from '#sandbox/languages/languages.ts';
import type { Leases } from '#sandbox/leases/leases.ts';
import type { LeaseStack, PendingStack } from '#sandbox/leases/pending-stack.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { RunResult } from '#sandbox/protocol/run.ts';
import { waitingFor } from '#sandbox/protocol/waiting.ts';
import type { TenantTopic } from '#sandbox/tenancy/tenancy.ts';
import { feedLive } from './live-inputs.ts';
import { lostInWords } from './lost-in-words.ts';
import type { PreparedRun } from './prepared-run.ts';
import type { LensSource } from './run-lens.ts';
import { type ProgramContext, runProgram } from './run-program.ts';
import type { RunRecord } from './run-record.ts';
import { type Producer, targetOf } from './run-target.ts';

/** What a run needs of the stack. */
export interface RunStack extends LeaseStack {
  kafka: Producer;
}

export interface RunContext extends ProgramContext {
  stack: PendingStack<RunStack>;
  leases: Leases;
  /** Who runs what, by language. */
  table?: Languages | undefined;
  /** Called when the topics of the run are there, so that the lens can follow them. */
  onTopics: (run: RunRecord, source: LensSource, topics: readonly TenantTopic[]) => void;
  /** Called with what fails without a caller that waits for it. */
  onFault: (error: unknown) => void;
}

const FLOODED = '\n… your topics were deleted: they held more than a sandbox may have on the broker.\n';

/**
 * Runs a learner's program with the visible data on topics of its own, from waiting for a sandbox to the last output.
 * @throws PlatformError SERVICE_NOT_READY, the signal's reason when the run is cancelled before its program starts
 */
export async function executeRun(run: RunRecord, exercise: Exercise, files: Files, context: RunContext): Promise<void> {
  const { stack, table = languages } = context;
  const { spec } = exercise;
  const language = table[spec.language];
  const needs = needsOf(spec);
  run.awaits(waitingFor(stack.state() === 'ready' ? 'sandbox' : 'kafka'));
  const { lease, target } = await run.measure('lease', () => holdSandbox(run, needs, context));
  using _inUse = lease.use();
  const { tenancy, tenant, kafka } = target;

  run.awaits(waitingFor('topics'));
  const round = drawRound(spec, VISIBLE_SEED);
  const generation = target.nextGeneration();
  const topics = await run.measure('topics', () => tenancy.createTopics(tenant, generation, round.topics));
  context.onTopics(run, { tenant, kafka: target.dedicatedKafka }, topics);
  tenancy.deleteOldTopics(tenant, generation).catch(context.onFault);
  await run.measure('inputs', () => produceInputs(kafka, topics, round.records));
  run.signal.throwIfAborted();

  const prepared: PreparedRun = { run, exercise, language, needs, files, lease, target, generation, topics, round };
  const result = await withLiveInputs(prepared, kafka, {
    work: () => runProgram(prepared, context),
    onFault: (error) => target.isLost() || context.onFault(error),
  });
  if (result === null) return;
  // Not the program's doing, whatever the program made of it.
  if (result.kind !== 'cancelled' && target.isLost()) return run.fails(lostInWords('Kafka', language));
  explainOutputLimit(run, result);
  if (tenancy.tookTopics(tenant)) run.output.add({ stream: 'system', text: FLOODED, atMs: result.durationMs });
  run.finishes(result);
}

async function holdSandbox(
  run: RunRecord,
  needs: Needs,
  { leases, stack }: RunContext,
): Promise<Pick<PreparedRun, 'lease' | 'target'>> {
  const lease = await leases.hold(run.learnerId, run.signal);
  using _inUse = lease.use();
  return { lease, target: await targetOf(run, { needs, lease, stack: await stack.ready(run.signal) }) };
}

async function produceInputs(
  kafka: RunStack['kafka'],
  topics: readonly TenantTopic[],
  records: Readonly<Record<string, readonly InputRecord[]>>,
): Promise<void> {
  for (const { logical, name } of topics) {
    const input = records[logical];
    if (input?.length) await kafka.produce(name, input);
  }
}

/** Does `work` while the live inputs of its exercise arrive, from the moment at which the run has started. */
async function withLiveInputs<T>(
  { run, exercise, topics, round }: PreparedRun,
  kafka: RunStack['kafka'],
  { work, onFault }: { work: () => Promise<T>; onFault: (error: unknown) => void },
): Promise<T> {
  const ended = new AbortController();
  const inputs = topics.flatMap(({ logical, name }) => {
    const live = exercise.spec.inputs[logical]?.live;
    const records = round.later[logical]?.records;
    return live && records ? [{ topic: name, records, perSecond: live.perSecond }] : [];
  });
  run.started.then(() => feedLive(kafka, inputs, ended.signal)).catch(onFault);
  try {
    return await work();
  } finally {
    ended.abort();
  }
}

function explainOutputLimit(run: RunRecord, result: RunResult): void {
  if (result.kind !== 'output-limit') return;
  const text = `\n… output beyond ${result.limitBytes / 1024} KiB is cut, and the program was ended.\n`;
  run.output.add({ stream: 'system', text, atMs: result.durationMs });
}
