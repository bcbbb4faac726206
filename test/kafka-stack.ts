/**
 * One broker for all tests that need one: vitest starts it before the first `.kafka.test.ts` file and stops it after the last.
 */
import { rm } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { readConfig } from '#sandbox/config.ts';
import { makeTemporaryFolder } from '#sandbox/host/instance-name.ts';
import { openProcessProvider } from '#sandbox/providers/process/provider.ts';
import { type Broker, startBroker } from '#sandbox/services/kafka/broker.ts';
import { awaitCoordinators } from '#sandbox/services/kafka/readiness/coordinators.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    broker: Pick<Broker, 'endpoint' | 'inside' | 'admin' | 'pid'>;
  }
}

export default async function startSharedBroker(project: TestProject): Promise<() => Promise<void>> {
  const config = readConfig();
  const dir = await makeTemporaryFolder();
  const provider = await openProcessProvider(config);
  const broker = await startBroker({ provider, config, dir, onProgress: console.log });
  await awaitCoordinators({ endpoint: broker.endpoint, ...broker.admin });
  const { endpoint, inside, admin, pid } = broker;
  project.provide('broker', { endpoint, inside, admin, pid });
  return async () => {
    await broker[Symbol.asyncDispose]();
    await provider[Symbol.asyncDispose]();
    await rm(dir, { recursive: true, force: true });
  };
}
