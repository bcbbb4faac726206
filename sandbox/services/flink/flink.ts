/**
 * Fetches, compiles and starts a separate Flink: one JVM that runs SQL for every caller who knows its key.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '#sandbox/config.ts';
import type { Endpoint, StartedService } from '#sandbox/providers/provider.ts';
import { type ServiceStart, startFresh } from '#sandbox/services/service/start-fresh.ts';
import { flink } from './software.ts';
import { flinkService } from './spec.ts';

export interface StartFlinkOptions extends ServiceStart {
  config: Config;
  /** Folder of this stack; each Flink uses a new folder below it, which is removed when the Flink is disposed. */
  dir: string;
}

/** Disposing it kills the JVM with all its jobs and removes its folder. */
export interface Flink extends AsyncDisposable {
  /** REST of the SQL gateway. */
  readonly gateway: Endpoint;
  /** Flink's own REST: jobs, metrics. */
  readonly rest: Endpoint;
  /** Opens sessions, as their property `sandbox.key`. */
  readonly key: string;
  readonly pid: number;
  /** Settles when the JVM has ended, expected or not. */
  readonly ended: StartedService['ended'];
}

/**
 * Starts a Flink and waits until its gateway responds. Fetches and compiles what it needs the first time.
 * @throws PlatformError SERVICE_NOT_READY when Flink or Java is not available, or the JVM does not start
 */
export async function startFlink(options: StartFlinkOptions): Promise<Flink> {
  const { config } = options;
  const software = await options.provider.software(flink, options);
  const key = randomBytes(24).toString('hex');
  const { heapMb, slots } = config.limits.flink;
  await mkdir(options.dir, { recursive: true, mode: 0o700 });
  const dir = await mkdtemp(join(options.dir, 'flink-'));
  const remove = () => rm(dir, { recursive: true, force: true });
  const service = await startFresh(flinkService({ software, key, heapMb, slots }), dir, options).catch(async (error) => {
    await remove();
    throw error;
  });
  const { gateway, rest } = service.endpoints;
  if (!gateway || !rest) throw new Error('the Flink service lacks a port');
  return {
    gateway,
    rest,
    key,
    pid: service.pid,
    ended: service.ended,
    async [Symbol.asyncDispose]() {
      await service[Symbol.asyncDispose]();
      await remove();
    },
  };
}
