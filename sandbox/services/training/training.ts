/**
 * Starting services inside a builder, once, so that their JVMs write down the code that a start needs (Leyden's AOT cache).
 */
import { statSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '#sandbox/host/free-ports.ts';
import type { Endpoint, LaunchSite, ServiceSpec } from '#sandbox/providers/provider.ts';
import { launch } from './launched.ts';

const HOST = '127.0.0.1';
const WRITTEN = 'AOTCache creation is complete';
/** A JVM that writes down what it does starts slowly, more so on a small machine that builds. */
const READY_MS = 300_000;
/** After SIGTERM the JVM ends in 2 s, and another one writes the cache in 10 to 40. */
const WRITING_MS = 300_000;

export interface InTraining {
  endpoint(port: string): Endpoint;
  /** Ends it and waits for its cache. @throws Error with its last lines when none was written */
  stop(): Promise<void>;
}

/**
 * Starts a service and waits until it is ready.
 * @param cache file that its JVM writes when it ends; null for a service that only helps
 */
export async function startTraining(spec: ServiceSpec, cache: string | null): Promise<InTraining> {
  const dir = await mkdtemp(join(tmpdir(), `${spec.name}-`));
  const ports = await freePorts([...spec.ports, ...(spec.ownPorts ?? [])], HOST);
  const site: LaunchSite = { dir, ports, host: HOST, bindHost: HOST, inside: null };
  const preparing = await spec.prepare?.(site);
  if (preparing) {
    const preparation = await launch(preparing, { dir });
    if ((await preparation.ended) !== 0) throw new Error(`${spec.name} could not be prepared:\n${preparation.lastLines()}`);
  }
  const service = await launch(await spec.launch(site), { dir, flags: cache ? [`-XX:AOTCacheOutput=${cache}`] : [] });
  await service.said(spec.readyLogLine, READY_MS);
  return {
    endpoint: (name) => ({ host: HOST, port: ports[name] ?? 0 }),
    async stop() {
      const written = cache ? service.said(WRITTEN, WRITING_MS) : null;
      service.terminate();
      await written;
      await service.ended;
      if (cache) console.log(`streamwright: the compiled code of ${spec.name} takes ${megabytes(cache)} MB`);
    },
  };
}

function megabytes(file: string): number {
  return Math.round(statSync(file).size / 1_000_000);
}
