import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { clusterEnvironment, programFiles } from '#sandbox/catalog/program-files.ts';
import { drawRound, VISIBLE_SEED } from '#sandbox/generators/round.ts';
import type { Lease } from '#sandbox/leases/lease.ts';
import type { Leases } from '#sandbox/leases/leases.ts';
import type { LeaseStack, PendingStack } from '#sandbox/leases/pending-stack.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { RunResult } from '#sandbox/protocol/run.ts';
import type { RunLimits } from '#sandbox/providers/provider.ts';
import type { TenantTopic } from '#sandbox/tenancy/tenancy.ts';
import type { RunRecord } from './run-record.ts';

/** What a run needs of the stack. */
export interface RunStack extends LeaseStack {
  kafka: { produce(topic: string, records: readonly { key: string; value: string }[]): Promise<unknown> };
}

export interface RunContext {
  stack: PendingStack<RunStack>;
  leases: Leases;
  limits: Omit<RunLimits, 'timeMs'>;
  /** Told when the topics of the run are there, so that the lens can follow them. */
  onTopics: (run: RunRecord, lease: Lease, topics: readonly TenantTopic[]) => void;
  /** Told of what fails without anybody waiting for it. */
  onFault: (error: unknown) => void;
}

/** Broker that ended while a program ran: not the program's doing, whatever the program made of it. */
const BROKER_LOST = 'Kafka ended while your program ran and is started again. This is no fault of your program: run it again.';

/**
 * Runs a learner's program with the visible data on topics of its own, from waiting for a sandbox to the last output.
 * @throws PlatformError SERVICE_NOT_READY, the signal's reason when the run is cancelled before its program starts
 */
export async function executeRun(run: RunRecord, exercise: Exercise, files: Files, context: RunContext): Promise<void> {
  const { stack, leases, limits } = context;
  run.awaits(stack.state() === 'ready' ? 'a free sandbox' : 'kafka');
  const lease = await run.measure('lease', () => leases.hold(run.learnerId, run.signal));
  using _inUse = lease.use();
  const { tenancy, broker, kafka } = await stack.ready(run.signal);

  run.awaits('topics');
  const round = drawRound(exercise.spec, VISIBLE_SEED);
  const generation = lease.nextGeneration();
  const topics = await run.measure('topics', () => tenancy.createTopics(lease.tenant, generation, round.topics));
  context.onTopics(run, lease, topics);
  tenancy.deleteOldTopics(lease.tenant, generation).catch(context.onFault);
  await run.measure('inputs', () => produceInputs(kafka, topics, round.records));
  run.signal.throwIfAborted();

  const program = {
    files: programFiles(exercise, files, round),
    entry: exercise.spec.files[0] ?? '',
    env: clusterEnvironment({ address: lease.workspace.address('kafka'), tenant: lease.tenant, topics }),
  };
  const brokerPid = broker.pid;
  run.starts();
  const result = await run.measure('program', () =>
    lease.workspace.run(program, {
      limits: { ...limits, timeMs: exercise.spec.limits.runMs },
      onOutput: (chunk) => run.output.add(chunk),
      signal: run.signal,
    }),
  );
  if (result.kind !== 'cancelled' && (broker.pid !== brokerPid || broker.state() !== 'ready')) {
    run.fails(BROKER_LOST);
    return;
  }
  explainOutputLimit(run, result);
  run.finishes(result);
}

async function produceInputs(
  kafka: RunStack['kafka'],
  topics: readonly TenantTopic[],
  records: Readonly<Record<string, readonly { key: string; value: string }[]>>,
): Promise<void> {
  for (const { logical, name } of topics) {
    const input = records[logical];
    if (input?.length) await kafka.produce(name, input);
  }
}

function explainOutputLimit(run: RunRecord, result: RunResult): void {
  if (result.kind !== 'output-limit') return;
  const text = `\n… output beyond ${result.limitBytes / 1024} KiB is cut, and the program was ended.\n`;
  run.output.add({ stream: 'system', text, atMs: result.durationMs });
}
