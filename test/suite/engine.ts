/**
 * A container engine for the container suites: the one that answers, else one of our own for the time of the tests, that leaves the
 * machine's firewall, forwarding, interfaces and mounts as they were.
 */

import type { Config } from '#sandbox/config.ts';
import { findCommand } from '#sandbox/host/find-command.ts';
import { connectEngine } from '#sandbox/providers/docker/engine.ts';
import { startOwnEngine } from './own-engine.ts';

/** Where the container suites find their engine, or why they must be left out. */
export interface TestEngine extends AsyncDisposable {
  lack: string | null;
  environment: Readonly<Record<string, string>>;
}

const NEEDED = ['dockerd', 'containerd', 'iptables', 'ip'];

/** Disposing it stops an engine of our own; one that answered already stays. */
export async function openTestEngine(config: Config): Promise<TestEngine> {
  if (await engineAnswers()) return { lack: null, environment: {}, [Symbol.asyncDispose]: async () => undefined };
  const lack = whyNoEngine(config);
  if (lack !== null) return { lack, environment: {}, [Symbol.asyncDispose]: async () => undefined };
  console.log('No container engine answers: starting one for the tests ...');
  const engine = await startOwnEngine(config);
  return {
    lack: null,
    environment: { DOCKER_HOST: engine.host },
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}

/** An engine that is opened when it is first asked for. Disposing it disposes that engine. */
export interface EngineOnDemand extends AsyncDisposable {
  engine(): Promise<TestEngine>;
}

/** For suites of which not each needs an engine. */
export function engineOnDemand(config: Config): EngineOnDemand {
  let opening: Promise<TestEngine> | null = null;
  return {
    engine: () => (opening ??= openTestEngine(config)),
    async [Symbol.asyncDispose]() {
      const engine = await opening?.catch(() => null); // whoever asked for it has been told
      await engine?.[Symbol.asyncDispose]();
    },
  };
}

/** Whether a container engine answers on this machine. */
export async function engineAnswers(): Promise<boolean> {
  return connectEngine().then(
    () => true,
    () => false,
  );
}

function whyNoEngine({ path }: Config): string | null {
  const mend = 'mend: start Docker, or set DOCKER_HOST; as root on Debian `npm test` starts an engine of its own';
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return `a container engine that answers (${mend})`;
  const missing = NEEDED.filter((name) => !findCommand(name, path));
  return missing.length > 0 ? `a container engine that answers, and ${missing.join(', ')} to start one (${mend})` : null;
}
