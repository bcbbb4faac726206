import type { Exercise } from '#sandbox/catalog/catalog.ts';
import type { Config } from '#sandbox/config.ts';
import type { DedicatedPool } from '#sandbox/leases/dedicated-pool.ts';
import type { FlinkPool } from '#sandbox/leases/flink-pool.ts';
import type { WorkspacePool } from '#sandbox/leases/workspace-pool.ts';
import type { CheckResult } from '#sandbox/protocol/report.ts';
import type { Waiting } from '#sandbox/protocol/waiting.ts';
import type { SandboxProvider } from '#sandbox/providers/provider.ts';
import type { Tenancy, Tenant } from '#sandbox/tenancy/tenancy.ts';
import type { BrokerProbe } from './broker-watch.ts';
import type { Foundation } from './foundation.ts';
import type { GraderPool } from './grader-pool.ts';

export interface GradeOptions {
  exercise: Exercise;
  /** The learner's files by name. */
  files: Readonly<Record<string, string>>;
  submissionId: string;
  queuedAt: Date;
  /** Base seed of 31 bits, from which each round's is derived; drawn when left out. */
  seed?: number | undefined;
  /** As many as the exercise says when left out. */
  rounds?: number | undefined;
  provider: SandboxProvider;
  tenancy: Tenancy;
  /** Tells whether the broker was there all the time. */
  kafka: BrokerProbe;
  /** Tells when a try was judged on what was not there all the time; nobody watches it when left out. */
  foundation?: Foundation | undefined;
  graders: GraderPool;
  /** Where an exercise with the service flink takes its JVM from, one for all rounds of a submission. */
  flink?: Pick<FlinkPool, 'take'> | undefined;
  /** Where an exercise that operates the broker takes its own from, one for all rounds of a submission. */
  dedicated?: Pick<DedicatedPool, 'take'> | undefined;
  /** A tenant that nobody had before; made anew when left out. It is removed here. */
  tenants?: (() => Promise<Tenant>) | undefined;
  /** Where workspaces that nobody used before come from; opened by the provider when left out. */
  workspaces?: Pick<WorkspacePool, 'take'> | undefined;
  config: Pick<Config, 'limits'>;
  signal: AbortSignal;
  onRound?: ((round: number) => void) | undefined;
  /** Told what a round waits for, each time it changes; null when it waits no more. */
  onWait?: ((what: Waiting | null) => void) | undefined;
  /** Told what is settled: failures as they come, passes in the last round. The report says the same again. */
  onCheck?: ((check: CheckResult) => void) | undefined;
  /** Told each fault of ours, also when the second attempt went well. */
  onFault?: ((error: unknown) => void) | undefined;
}
