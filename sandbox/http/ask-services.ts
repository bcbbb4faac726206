import type { PendingStack } from '#sandbox/leases/pending-stack.ts';
import type { Health } from '#sandbox/protocol/health.ts';
import type { RunStack } from '#sandbox/runs/execute-run.ts';

/** What health needs of the stack. */
export interface HealthStack extends RunStack {
  kafka: RunStack['kafka'] & { ping(timeoutMs?: number): Promise<void> };
}

/** Health is answered within half a second, also by a broker that hangs. */
const PING_LIMIT_MS = 400;

/** Asks every service by a real call; calls at the same time share one. */
export function askServices(stack: PendingStack<HealthStack>, providerName: string): () => Promise<Health> {
  let asking: Promise<Health> | null = null;

  async function ask(): Promise<Health> {
    const up = stack.current();
    const kafka = up && stack.state() === 'ready' ? await reach(up) : stack.state();
    const status = { ready: 'ok', starting: 'starting', failed: 'degraded' } as const;
    return { status: status[kafka], provider: providerName, isolation: up?.provider.isolation ?? 'none', services: { kafka } };
  }

  return () => {
    asking ??= ask().finally(() => {
      asking = null;
    });
    return asking;
  };
}

async function reach({ kafka }: HealthStack): Promise<'ready' | 'failed'> {
  try {
    await kafka.ping(PING_LIMIT_MS);
    return 'ready';
  } catch {
    return 'failed';
  }
}
