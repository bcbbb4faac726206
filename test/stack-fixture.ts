/**
 * What a `.kafka.test.ts` file needs around the suite's one broker: a provider, the tenancy and the administrator's client.
 */
import { afterAll, beforeAll, inject } from 'vitest';
import type { Stack } from '#sandbox/app/stack.ts';
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
  /** All of it as the product's parts take it; disposing it does nothing, and its broker must not be killed. */
  readonly stack: Stack;
}

/**
 * Called once at the top of a test file. Its members may be used inside tests and hooks; they are closed after the file's last test.
 * Tenants that the tests make are removed then as well.
 */
export function stackFixture(): StackFixture {
  const { endpoint, inside, admin, pid } = inject('broker');
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
  const opened = () => {
    if (!provider) throw new Error('the provider is open inside tests and hooks only');
    return provider;
  };
  const broker = {
    endpoint,
    inside,
    admin,
    pid,
    incarnation: 'only',
    state: () => 'ready' as const,
    nextRestartMs: () => null,
    [Symbol.asyncDispose]: nothing,
  };
  return {
    endpoint,
    admin,
    kafka,
    tenancy,
    get provider() {
      return opened();
    },
    get stack() {
      return { provider: opened(), broker, tenancy, kafka, [Symbol.asyncDispose]: nothing };
    },
  };
}

const nothing = async () => undefined;
