/**
 * The Flinks of a stack. The first one starts when a lesson needs it; each is warmed up before it is lent; all end with the stack.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '#sandbox/config.ts';
import { warmUpFlink } from '#sandbox/languages/flink-sql/warm-up.ts';
import { type FlinkPool, openFlinkPool } from '#sandbox/leases/flink-pool.ts';
import type { LeaseStack } from '#sandbox/leases/pending-stack.ts';
import { startFlink } from '#sandbox/services/flink/flink.ts';
import type { KafkaAdmin } from '#sandbox/services/kafka/client/connect.ts';
import type { ServiceStart } from '#sandbox/services/service/start-fresh.ts';

export interface FlinksOptions extends Pick<ServiceStart, 'onProgress' | 'onService'> {
  config: Config;
  /** Folder of the stack. */
  dir: string;
  /** Waits until the stack can be used. */
  stack: () => Promise<LeaseStack & { kafka: KafkaAdmin }>;
  /** Called with the error when a background task fails; not awaited. */
  onFault: (error: unknown) => void;
}

export function openFlinks({ config, dir, stack, onFault, onProgress, onService }: FlinksOptions): FlinkPool {
  const closing = new AbortController();
  const { limits } = config;
  const folder = join(dir, 'flinks');
  let clearing: Promise<void> | null = null;
  /** Removes what an earlier stack that was killed left. */
  const cleared = () => {
    clearing ??= rm(folder, { recursive: true, force: true });
    return clearing;
  };
  const pool = openFlinkPool({
    start: async (tell) => {
      const { provider, tenancy } = await stack();
      await cleared();
      const say = (message: string) => {
        tell(message);
        onProgress?.(message);
      };
      const reach = { kafka: tenancy.broker };
      return startFlink({ provider, config, reach, dir: folder, onProgress: say, onService, signal: closing.signal });
    },
    broker: async () => (await stack()).broker.inside,
    warmUp: async (flink) => warmUpFlink(flink, await stack()),
    spares: limits.flink.spares,
    cap: limits.flink.cap,
    onFault: (error) => {
      if (!closing.signal.aborted) onFault(error);
    },
  });
  return {
    ...pool,
    async [Symbol.asyncDispose]() {
      closing.abort(new Error('the stack is closed'));
      await pool[Symbol.asyncDispose]();
    },
  };
}
