import type { FlinkPool } from '#sandbox/leases/flink-pool.ts';
import type { PendingStack } from '#sandbox/leases/pending-stack.ts';
import type { ProviderWatch } from '#sandbox/leases/provider-watch.ts';
import type { WorkspacePool } from '#sandbox/leases/workspace-pool.ts';
import type { Health } from '#sandbox/protocol/health.ts';
import type { RunStack } from '#sandbox/runs/execute-run.ts';

/** The parts of the stack that health checks. */
export interface HealthStack extends RunStack {
  kafka: RunStack['kafka'] & { ping(timeoutMs?: number): Promise<void> };
  broker: RunStack['broker'] & { nextRestartMs(): number | null };
}

export interface HealthSources {
  stack: PendingStack<HealthStack>;
  flinks: Pick<FlinkPool, 'state' | 'counts'>;
  workspaces: Pick<WorkspacePool, 'counts'>;
  watch: Pick<ProviderWatch, 'reason'>;
  /** Shown until the provider is open. */
  providerName: string;
}

type State = 'starting' | 'ready' | 'failed';

/** Health responds within half a second, even when the broker hangs. */
const PING_LIMIT_MS = 400;

/**
 * Returns the handler of `GET /api/health`: it calls Kafka, and asks Flink's pool what its watchdog last saw; no Flink exists before a
 * lesson needs one. Simultaneous calls share one check.
 */
export function openHealth({ stack, flinks, workspaces, watch, providerName }: HealthSources): () => Promise<Health> {
  let asking: Promise<Health> | null = null;

  async function ask(): Promise<Health> {
    const up = stack.current();
    const kafka = up && stack.state() === 'ready' ? await reach(up) : stack.state();
    const flink = flinks.state();
    const services = flink === 'idle' ? { kafka } : { kafka, flink };
    const reason = watch.reason();
    return {
      status: reason === null ? overall(services) : 'degraded',
      provider: up?.provider.name ?? providerName,
      isolation: up?.provider.isolation ?? 'none',
      weaknesses: up?.provider.weaknesses.map(({ what }) => what) ?? [],
      services,
      nextStarts: nextStartsOf(up),
      reason,
      pools: { workspaces: workspaces.counts(), flinks: flinks.counts() },
    };
  }

  return () => {
    asking ??= ask().finally(() => {
      asking = null;
    });
    return asking;
  };
}

function nextStartsOf(up: HealthStack | null): Health['nextStarts'] {
  const inMs = up?.broker.nextRestartMs() ?? null;
  return inMs === null ? {} : { kafka: new Date(Date.now() + inMs).toISOString() };
}

/** A Flink that is starting delays nothing else. */
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
