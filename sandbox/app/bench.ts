import { rm } from 'node:fs/promises';
import type { Config } from '#sandbox/config.ts';
import type { GradeOptions } from '#sandbox/grading/grade-options.ts';
import { openGraderPool } from '#sandbox/grading/grader-pool.ts';
import { makeTemporaryFolder } from '#sandbox/host/instance-name.ts';
import { openDedicatedPool } from '#sandbox/leases/dedicated-pool.ts';
import { pendingStack } from '#sandbox/leases/pending-stack.ts';
import { watchProvider } from '#sandbox/leases/provider-watch.ts';
import { openWorkspacePool } from '#sandbox/leases/workspace-pool.ts';
import { openFlinks } from './flinks.ts';
import { openStack } from './stack.ts';

/** What grading needs around an exercise and its files. */
export type Bench = Pick<
  GradeOptions,
  'provider' | 'tenancy' | 'kafka' | 'graders' | 'flink' | 'dedicated' | 'workspaces' | 'config' | 'signal'
> &
  AsyncDisposable;

export interface BenchOptions {
  config: Config;
  signal: AbortSignal;
  onProgress: (message: string) => void;
  /** Submissions that are graded at the same time. */
  concurrency?: number;
}

/**
 * A stack of this command's own in a temporary folder; a running server is not touched. Disposing it ends and removes everything.
 * A Flink is started when the first exercise needs one.
 * @throws PlatformError SERVICE_NOT_READY
 */
export async function openBench({ config, signal, onProgress, concurrency = 1 }: BenchOptions): Promise<Bench> {
  await using opened = new AsyncDisposableStack();
  const dir = opened.adopt(await makeTemporaryFolder(), (path) => rm(path, { recursive: true, force: true }));
  const stack = opened.use(await openStack({ config, dir, onProgress, signal }));
  const { provider, tenancy, kafka } = stack;
  const limits = { ...config.limits, flink: { ...config.limits.flink, cap: concurrency } };
  const flink = opened.use(
    openFlinks({
      config: { ...config, limits },
      dir,
      stack: async () => stack,
      spares: concurrency,
      onFault: (error) => onProgress(`a Flink met a fault: ${error}`),
      onProgress,
    }),
  );
  const pending = pendingStack(Promise.resolve(stack));
  const watch = opened.use(watchProvider({ stack: pending }));
  const workspaces = opened.use(
    openWorkspacePool({
      stack: pending,
      watch,
      limits: limits.workspaces,
      onFault: (error) => onProgress(`a workspace met a fault: ${error}`),
    }),
  );
  const dedicated = opened.use(
    openDedicatedPool({
      limits,
      dir,
      stack: async () => stack,
      onFault: (error) => onProgress(`a Kafka of a submission's own met a fault: ${error}`),
      onProgress,
    }),
  );
  const graders = opened.use(openGraderPool(concurrency));
  const all = opened.move();
  const parts = { provider, tenancy, kafka, graders, flink, dedicated, workspaces, config, signal };
  return { ...parts, [Symbol.asyncDispose]: () => all.disposeAsync() };
}
