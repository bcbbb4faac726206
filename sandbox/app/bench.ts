import { rm } from 'node:fs/promises';
import type { Config } from '#sandbox/config.ts';
import type { GradeOptions } from '#sandbox/grading/grade-options.ts';
import { makeTemporaryFolder } from '#sandbox/host/instance-name.ts';
import { type GradingParts, gradingParts } from './grading-parts.ts';
import { openParts } from './parts.ts';

/** What grading needs in addition to an exercise and its files. */
export type Bench = GradingParts & Pick<GradeOptions, 'config' | 'signal'> & AsyncDisposable;

export interface BenchOptions {
  config: Config;
  signal: AbortSignal;
  onProgress: (message: string) => void;
  /** Submissions that are graded at the same time. */
  concurrency?: number;
}

/**
 * Opens separate parts for this command in a temporary folder, and waits for their stack; a running server is not touched. Disposing the
 * bench ends and removes everything. A Flink starts when the first exercise needs one.
 * @throws PlatformError SERVICE_NOT_READY
 */
export async function openBench({ config, signal, onProgress, concurrency = 1 }: BenchOptions): Promise<Bench> {
  await using opened = new AsyncDisposableStack();
  const dir = opened.adopt(await makeTemporaryFolder(), (path) => rm(path, { recursive: true, force: true }));
  const flink = { ...config.limits.flink, spares: concurrency, cap: concurrency };
  const parts = opened.use(
    await openParts({
      config: { ...config, limits: { ...config.limits, flink } },
      dir,
      signal,
      onProgress,
      onPoolProgress: onProgress,
      onFault: (what, error) => onProgress(`${what}: ${error}`),
      graders: concurrency,
    }),
  );
  const stack = await parts.stack.ready(signal);
  const all = opened.move();
  return { ...gradingParts(parts, stack), config, signal, [Symbol.asyncDispose]: () => all.disposeAsync() };
}
