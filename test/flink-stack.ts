/**
 * One broker and one Flink for all tests that need both: vitest starts them before the first `.flink.test.ts` file and stops them after
 * the last.
 */
import { rm } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { readConfig } from '#sandbox/config.ts';
import { makeTemporaryFolder } from '#sandbox/host/instance-name.ts';
import { openProcessProvider } from '#sandbox/providers/process/provider.ts';
import { startFlink } from '#sandbox/services/flink/flink.ts';
import startSharedBroker from './kafka-stack.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    flink: { gateway: { host: string; port: number }; rest: { host: string; port: number }; key: string; pid: number };
  }
}

export default async function startSharedFlink(project: TestProject): Promise<() => Promise<void>> {
  const config = readConfig();
  const stopBroker = await startSharedBroker(project);
  const dir = await makeTemporaryFolder();
  const provider = await openProcessProvider(config);
  const { gateway, rest, key, pid, ...flink } = await startFlink({ provider, config, dir, onProgress: console.log });
  project.provide('flink', { gateway, rest, key, pid });
  return async () => {
    await flink[Symbol.asyncDispose]();
    await provider[Symbol.asyncDispose]();
    await rm(dir, { recursive: true, force: true });
    await stopBroker();
  };
}
