/**
 * Starts services inside a builder, once, so that their JVMs save the compiled code that a start needs (Leyden's AOT cache).
 */
import { statSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startService } from '#sandbox/providers/process/service.ts';
import type { Endpoint, ServiceSpec } from '#sandbox/providers/provider.ts';

const SEARCH_PATH = '/usr/local/bin:/usr/bin:/bin';
const WRITTEN = 'AOTCache creation is complete';
/** A JVM that records its work starts slowly, more so when a small machine builds. */
const READY_MS = 300_000;
/** After SIGTERM the JVM ends in 2 s, and a second JVM writes the cache in 10 to 40 s. */
const WRITING_MS = 300_000;

export interface InTraining {
  endpoint(port: string): Endpoint;
  /** Ends it and waits for its cache. @throws Error with its last lines when it wrote none */
  stop(): Promise<void>;
}

/**
 * Starts a service as the process provider does, and waits until it is ready.
 * @param cache file that its JVM writes when it ends; null for a service that only supports the training
 */
export async function startTraining(spec: ServiceSpec, cache: string | null): Promise<InTraining> {
  const dir = await mkdtemp(join(tmpdir(), `${spec.name}-`));
  const service = await startService(inTraining(spec, cache), { dir }, { searchPath: SEARCH_PATH });
  return {
    endpoint(name) {
      const endpoint = service.endpoints[name];
      if (!endpoint) throw new Error(`${spec.name} has no port ${name}`);
      return endpoint;
    },
    async stop() {
      await service[Symbol.asyncDispose]();
      if (!cache) return;
      const { logTail } = await service.ended;
      if (!logTail.includes(WRITTEN)) throw new Error(`${spec.name} did not write its compiled code:\n${logTail}`);
      console.log(`streamwright: the compiled code of ${spec.name} takes ${megabytes(cache)} MB`);
    },
  };
}

function inTraining(spec: ServiceSpec, cache: string | null): ServiceSpec {
  return {
    ...spec,
    readyTimeoutMs: READY_MS,
    stopTimeoutMs: cache ? WRITING_MS : spec.stopTimeoutMs,
    async launch(site) {
      const launch = await spec.launch(site);
      const [java, ...args] = launch.command;
      return cache ? { ...launch, command: [java, `-XX:AOTCacheOutput=${cache}`, ...args] } : launch;
    },
  };
}

function megabytes(file: string): number {
  return Math.round(statSync(file).size / 1_000_000);
}
