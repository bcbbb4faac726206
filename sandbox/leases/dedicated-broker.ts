import type { Limits } from '#sandbox/config.ts';
import { connectKafka, type KafkaAdmin } from '#sandbox/services/kafka/client/connect.ts';
import { DEDICATED_GRANTS } from '#sandbox/services/kafka/tenancy/grants.ts';
import { guardLogs } from '#sandbox/services/kafka/tenancy/log-guard.ts';
import { openTenancy } from '#sandbox/services/kafka/tenancy/shared-broker.ts';
import type { Tenancy } from '#sandbox/tenancy/tenancy.ts';
import { type Cluster, type ClusterOptions, startCluster } from './dedicated-cluster.ts';

/** A dedicated Kafka, and the tenancy on it: names carry a prefix as on the shared one, what a tenant may do is more. */
export interface DedicatedBroker extends Omit<Cluster, 'admin'> {
  readonly tenancy: Tenancy;
  /** As its administrator. */
  readonly kafka: KafkaAdmin;
}

export interface DedicatedOptions extends ClusterOptions {
  limits: Pick<Limits, 'kafka' | 'dedicated'>;
}

/** @throws PlatformError SERVICE_NOT_READY */
export async function startDedicated({ limits, ...options }: DedicatedOptions): Promise<DedicatedBroker> {
  await using opened = new AsyncDisposableStack();
  const cluster = opened.use(await startCluster(options));
  const { endpoints, admin } = cluster;
  const [endpoint, ...others] = endpoints;
  const kafka = opened.use(connectKafka({ endpoint, others, ...admin }));
  const { mutationsPerSecond } = limits.dedicated;
  const dedicatedLimits = { kafka: { ...limits.kafka, mutationsPerSecond } };
  const logs = opened.use(guardLogs({ kafka, limits: dedicatedLimits }));
  const tenancy = openTenancy({ kafka, broker: endpoint, others, limits: dedicatedLimits, grants: DEDICATED_GRANTS, logs });
  const all = opened.move();
  return { ...cluster, tenancy, kafka, [Symbol.asyncDispose]: () => all.disposeAsync() };
}
