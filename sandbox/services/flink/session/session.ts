import type { Endpoint } from '#sandbox/providers/provider.ts';
import type { FlinkGateway } from '#sandbox/services/flink/client/gateway.ts';
import { generationPrefix } from '#sandbox/tenancy/prefix.ts';
import type { Tenant } from '#sandbox/tenancy/tenancy.ts';

/** A gateway session in which table and topic names are the tenant's. Disposing it ends its jobs. */
export interface SqlSession extends AsyncDisposable {
  readonly id: string;
  /** Text before the learner's topic names on the broker: `u7f2k9xq0.3.`. */
  readonly topicPrefix: string;
}

export interface SqlSessionOptions {
  flink: { flink: { readonly key: string }; gateway: FlinkGateway; broker: Endpoint };
  tenant: Tenant;
  generation: number;
  bounded: boolean;
  maxJobs: number;
  signal?: AbortSignal | undefined;
}

/**
 * Opens a session whose properties the gate in the JVM takes: nothing that the learner writes can see or change them.
 * @throws PlatformError SERVICE_NOT_READY when Flink is not responding; the signal's reason
 */
export async function openSqlSession(options: SqlSessionOptions): Promise<SqlSession> {
  const { flink: lent, tenant, generation, bounded, maxJobs, signal } = options;
  const topicPrefix = generationPrefix(tenant.prefix, generation);
  const properties = {
    'sandbox.key': lent.flink.key,
    'sandbox.prefix': topicPrefix,
    'sandbox.username': tenant.principal,
    'sandbox.password': tenant.password,
    'sandbox.bootstrap': `${lent.broker.host}:${lent.broker.port}`,
    'sandbox.bounded': bounded ? 'latest' : 'none',
    'sandbox.max-jobs': String(maxJobs),
  };
  signal?.throwIfAborted();
  const id = await lent.gateway.openSession(properties);
  return { id, topicPrefix, [Symbol.asyncDispose]: () => lent.gateway.closeSession(id) };
}
