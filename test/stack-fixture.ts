/**
 * What a `.kafka.test.ts` file needs around the suite's one broker: a provider, the tenancy and the administrator's client.
 */
import { afterAll, beforeAll, inject } from 'vitest';
import { LIMITS, readConfig } from '#sandbox/config.ts';
import { openProcessProvider, type ProcessProvider } from '#sandbox/providers/process/provider.ts';
import type { Endpoint } from '#sandbox/providers/provider.ts';
import { connectKafka, type KafkaAdmin } from '#sandbox/services/kafka/client/connect.ts';
import { openTenancy } from '#sandbox/services/kafka/tenancy/shared-broker.ts';
import type { Tenancy } from '#sandbox/tenancy/tenancy.ts';
import './kafka-stack.ts';

export interface StackFixture {
  readonly provider: ProcessProvider;
  readonly endpoint: Endpoint;
  readonly admin: { username: string; password: string };
  readonly kafka: KafkaAdmin;
  readonly tenancy: Tenancy;
}

/**
 * Called once at the top of a test file. Its members may be used inside tests and hooks; they are closed after the file's last test.
 * Tenants that the tests make are removed then as well.
 */
export function stackFixture(): StackFixture {
  const { endpoint, admin } = inject('broker');
  const kafka = connectKafka({ endpoint, ...admin });
  const tenancy = openTenancy({ kafka, broker: endpoint, limits: LIMITS });
  let provider: ProcessProvider | null = null;
  beforeAll(async () => {
    provider = await openProcessProvider(readConfig());
  });
  afterAll(async () => {
    await tenancy.sweep([]);
    await kafka[Symbol.asyncDispose]();
    await provider?.[Symbol.asyncDispose]();
  });
  return {
    endpoint,
    admin,
    kafka,
    tenancy,
    get provider() {
      if (!provider) throw new Error('the provider is open inside tests and hooks only');
      return provider;
    },
  };
}
