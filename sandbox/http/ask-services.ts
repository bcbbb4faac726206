import type { FlinkPool } from '#sandbox/leases/flink-pool.ts';
import type { PendingStack } from '#sandbox/leases/pending-stack.ts';
import type { Health } from '#sandbox/protocol/health.ts';
import type { RunStack } from '#sandbox/runs/execute-run.ts';

/** What health needs of the stack. */
export interface HealthStack extends RunStack {
  kafka: RunStack['kafka'] & { ping(timeoutMs?: number): Promise<void> };
}

type State = 'starting' | 'ready' | 'failed';

/** Health is answered within half a second, also by a broker that hangs. */
const PING_LIMIT_MS = 400;

/**
 * Asks Kafka by a real call, and Flink's pool for what its watchdog saw last; there is no Flink before a lesson needed one. Calls at
 * the same time share one.
 */
export function askServices(
  stack: PendingStack<HealthStack>,
  flinks: Pick<FlinkPool, 'state'>,
  providerName: string,
): () => Promise<Health> {
  let asking: Promise<Health> | null = null;

  async function ask(): Promise<Health> {
    const up = stack.current();
    const kafka = up && stack.state() === 'ready' ? await reach(up) : stack.state();
    const flink = flinks.state();
    const services = flink === 'idle' ? { kafka } : { kafka, flink };
    return { status: overall(services), provider: providerName, isolation: up?.provider.isolation ?? 'none', services };
  }

  return () => {
    asking ??= ask().finally(() => {
      asking = null;
    });
    return asking;
  };
}

/** A Flink that starts holds nothing else up. */
function overall({ kafka, flink }: { kafka: State; flink?: State }): Health['status'] {
  if (kafka === 'failed' || flink === 'failed') return 'degraded';
  return kafka === 'ready' ? 'ok' : 'starting';
}

async function reach({ kafka }: HealthStack): Promise<'ready' | 'failed'> {
  try {
    await kafka.ping(PING_LIMIT_MS);
    return 'ready';
  } catch {
    return 'failed';
  }
}
