/**
 * Everything that runs programs and judges them: a provider, the shared broker, and its tenancy.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '#sandbox/config.ts';
import type { SandboxProvider } from '#sandbox/providers/provider.ts';
import { type Broker, startBroker } from '#sandbox/services/kafka/broker.ts';
import { connectKafka, type KafkaAdmin } from '#sandbox/services/kafka/client/connect.ts';
import { awaitCoordinators } from '#sandbox/services/kafka/readiness/coordinators.ts';
import { guardLogs } from '#sandbox/services/kafka/tenancy/log-guard.ts';
import { openTenancy } from '#sandbox/services/kafka/tenancy/shared-broker.ts';
import { installationIn } from '#sandbox/tenancy/installation.ts';
import type { Tenancy } from '#sandbox/tenancy/tenancy.ts';
import { openProvider } from './open-provider.ts';

export interface StackOptions {
  config: Config;
  /** Folder that belongs only to this stack. Its broker is formatted anew at each opening. */
  dir: string;
  onProgress?: ((message: string) => void) | undefined;
  signal?: AbortSignal | undefined;
  /** Called with each service process that is started, for the instance file. */
  onService?: ((name: string, pid: number) => void) | undefined;
}

/** Disposing it stops the broker and everything that the provider started. */
export interface Stack extends AsyncDisposable {
  readonly provider: SandboxProvider;
  readonly broker: Broker;
  readonly tenancy: Tenancy;
  /** As the broker's administrator. */
  readonly kafka: KafkaAdmin;
}

/**
 * Opens a stack, fetching what it needs the first time.
 * @throws PlatformError SERVICE_NOT_READY naming what is missing and the command that fixes it
 */
export async function openStack({ config, dir, onProgress, signal, onService }: StackOptions): Promise<Stack> {
  await using opened = new AsyncDisposableStack();
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const provider = opened.use(
    await openProvider({ config, onProgress, signal, onFault: onProgress && ((error) => onProgress(String(error))) }),
  );
  for (const { what, mend } of provider.weaknesses) onProgress?.(`WARNING: ${what}. To fix it: ${mend}`);
  const broker = opened.use(await startBroker({ provider, config, dir, onProgress, signal, onService }));
  const kafka = opened.use(connectKafka({ endpoint: broker.endpoint, ...broker.admin }));
  await awaitCoordinators({ endpoint: broker.endpoint, ...broker.admin });
  const installation = installationIn(join(config.home, 'installation'));
  const logs = opened.use(guardLogs({ kafka, limits: config.limits, mark: installation.mark }));
  const tenancy = openTenancy({ kafka, broker: broker.endpoint, limits: config.limits, installation, logs });
  const all = opened.move();
  return { provider, broker, kafka, tenancy, [Symbol.asyncDispose]: () => all.disposeAsync() };
}
