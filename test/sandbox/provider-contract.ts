/**
 * What every provider promises, as cases that each of them passes. What one promises beyond it has tests beside it.
 */
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe } from 'vitest';
import { readConfig } from '#sandbox/config.ts';
import { makeTemporaryFolder } from '#sandbox/host/instance-name.ts';
import type { SandboxProvider, Workspace } from '#sandbox/providers/provider.ts';
import { type Broker, startBroker } from '#sandbox/services/kafka/broker.ts';
import { endingCases } from './contract/ending.ts';
import { limitCases } from './contract/limits.ts';
import { reachCases } from './contract/reach.ts';
import { readinessCases } from './contract/readiness.ts';
import { serviceCases } from './contract/services.ts';
import { traceCases } from './contract/traces.ts';
import { type Ran, type RunTextOptions, runText } from './providers/run-text.ts';

/** What the cases use. Its members may be used inside tests and hooks. */
export interface Contract {
  readonly provider: SandboxProvider;
  /** A broker of this provider's own. */
  readonly broker: Broker;
  /** A workspace that reaches the broker. */
  readonly workspace: Workspace;
  run(text: string, options?: RunTextOptions): Promise<Ran>;
}

/** Declares the cases for one provider. */
export function describeProvider(name: string, open: () => Promise<SandboxProvider>): void {
  describe(`the ${name} provider`, () => {
    const parts: Partial<Omit<Contract, 'run'>> & { dir?: string } = {};
    beforeAll(async () => {
      const provider = await open();
      const dir = await makeTemporaryFolder();
      Object.assign(parts, { provider, dir });
      const broker = await startBroker({ provider, config: readConfig(), dir });
      const workspace = await provider.openWorkspace({ reach: { kafka: broker.endpoint } });
      Object.assign(parts, { broker, workspace });
    });
    afterAll(async () => {
      await parts.workspace?.[Symbol.asyncDispose]();
      await parts.broker?.[Symbol.asyncDispose]();
      await parts.provider?.[Symbol.asyncDispose]();
      if (parts.dir) await rm(parts.dir, { recursive: true, force: true });
    });
    const contract: Contract = {
      get provider() {
        return parts.provider!;
      },
      get broker() {
        return parts.broker!;
      },
      get workspace() {
        return parts.workspace!;
      },
      run: (text, options) => runText(parts.workspace!, text, options),
    };
    describe('how a program ends', () => endingCases(contract));
    describe('limits', () => limitCases(contract));
    describe('what is left of a program', () => traceCases(contract));
    describe('what a program reaches', () => reachCases(contract));
    describe('services', () => serviceCases(contract));
    describe('how a service is ready', () => readinessCases(contract));
  });
}
