import { rm } from 'node:fs/promises';
import type { Config } from '#sandbox/config.ts';
import { openFlinks } from '#sandbox/flinks.ts';
import type { GradeOptions } from '#sandbox/grading/grade-options.ts';
import { openGraderPool } from '#sandbox/grading/grader-pool.ts';
import { makeTemporaryFolder } from '#sandbox/instance-name.ts';
import { openStack } from '#sandbox/stack.ts';

/** What grading needs around an exercise and its files. */
export type Bench = Pick<GradeOptions, 'provider' | 'tenancy' | 'kafka' | 'graders' | 'flink' | 'config' | 'signal'> &
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
  const graders = opened.use(openGraderPool(concurrency));
  const all = opened.move();
  return { provider, tenancy, kafka, graders, flink, config, signal, [Symbol.asyncDispose]: () => all.disposeAsync() };
}
