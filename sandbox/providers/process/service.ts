/**
 * A service as a child process. Its ports are chosen at its first start and kept next to its state, so that it restarts with the same ones.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { freePorts } from '#sandbox/host/free-ports.ts';
import { outputsOf } from '#sandbox/host/outputs.ts';
import { ENDED_EARLY, notReady, tooSlow } from '#sandbox/providers/not-ready.ts';
import type { Endpoint, Launch, LaunchSite, ServiceSpec, StartedService, StartOptions } from '#sandbox/providers/provider.ts';
import { ServiceLog } from '#sandbox/providers/service-log.ts';
import { becomeReady } from '#sandbox/readiness/readiness.ts';
import { dieWithServer } from './die-with-server.ts';
import type { KnownServices } from './known-services.ts';
import { startingProcess } from './readiness.ts';

const HOST = '127.0.0.1';
const SITE_FILE = 'service.json';
const siteSchema = z.strictObject({ ports: z.record(z.string(), z.number()) });

/** What is needed to start a child process. */
export interface ServiceHost {
  searchPath: string;
  /** Told when it begins and when it ends, so that programs can reach it; left out where none do. */
  services?: KnownServices;
}

/**
 * Starts a service and waits until it is ready.
 * @throws PlatformError SERVICE_NOT_READY with the last lines of its log
 */
export async function startService(
  spec: ServiceSpec,
  { dir, onProgress, signal }: StartOptions,
  host: ServiceHost,
): Promise<StartedService> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const site = await prepareSite(spec, { dir, onProgress, signal, host });
  onProgress?.(`starting ${spec.name}`);
  const log = new ServiceLog(join(dir, `${spec.name}.log`));
  const launch = await spec.launch(site);
  const running = await start(launch, site, { log, host });
  const stop = () => end(running, spec.stopTimeoutMs);
  const waiting = AbortSignal.any([AbortSignal.timeout(spec.readyTimeoutMs), ...(signal ? [signal] : [])]);
  const looking = new AbortController();
  const starting = startingProcess({ log, site, launch, searchPath: host.searchPath });
  const failure = await Promise.race([
    becomeReady(spec.ready, starting, looking.signal).then(() => null),
    running.ended.then(() => ENDED_EARLY),
    aborted(waiting).then(() => tooSlow(spec)),
  ]).finally(() => looking.abort());
  if (failure) {
    await end(running, 0);
    signal?.throwIfAborted();
    throw notReady(spec, { what: failure, logTail: log.tail });
  }
  const endpoints = Object.fromEntries(spec.ports.map((name) => [name, { host: HOST, port: site.ports[name] ?? 0 }]));
  const known = knowService(host.services, spec, { endpoints, log });
  return {
    name: spec.name,
    endpoints,
    inside: endpoints,
    ended: running.ended.then((result) => {
      known.end();
      return { ...result, logTail: log.tail };
    }),
    pid: running.pid,
    isChild: true,
    async kill() {
      // Before it ends: whoever connects from here on is refused, and not let in and then cut.
      known.end();
      await end(running, 0);
    },
    async [Symbol.asyncDispose]() {
      known.forget();
      await stop();
    },
  };
}

/** Tells that it is ready; returns how to tell that it ends, or ends for ever. */
function knowService(
  services: KnownServices | undefined,
  { ports, gate }: ServiceSpec,
  { endpoints, log }: { endpoints: Readonly<Record<string, Endpoint>>; log: ServiceLog },
) {
  const [main] = ports;
  const note = (line: string) => log.write(line);
  for (const [name, endpoint] of Object.entries(endpoints)) {
    services?.begin(endpoint, { gate: name === main ? gate : undefined, note });
  }
  const all = Object.values(endpoints);
  return {
    end: () => all.forEach((endpoint) => void services?.end(endpoint)),
    forget: () => all.forEach((endpoint) => void services?.forget(endpoint)),
  };
}

async function prepareSite(
  spec: ServiceSpec,
  { dir, onProgress, signal, host }: StartOptions & { host: ServiceHost },
): Promise<LaunchSite> {
  const file = join(dir, SITE_FILE);
  const common = { dir, host: HOST, bindHost: HOST, inside: null };
  if (existsSync(file)) return { ...common, ...siteSchema.parse(JSON.parse(await readFile(file, 'utf8'))) };
  const site = { ...common, ports: await freePorts([...spec.ports, ...(spec.ownPorts ?? [])], HOST) };
  const preparation = await spec.prepare?.(site);
  if (preparation) {
    onProgress?.(`preparing ${spec.name}`);
    using log = new ServiceLog(join(dir, `${spec.name}-prepare.log`));
    const running = await start(preparation, site, { log, host });
    using _ = onAbort(signal, () => running.child.kill('SIGKILL'));
    const { exitCode } = await running.ended;
    signal?.throwIfAborted();
    if (exitCode !== 0) throw notReady(spec, { what: `could not be prepared (exit ${exitCode})`, logTail: log.tail });
  }
  await writeFile(file, JSON.stringify({ ports: site.ports }));
  return site;
}

interface Running {
  child: ChildProcess;
  pid: number;
  ended: Promise<{ exitCode: number | null; signal: string | null }>;
}

async function start(launch: Launch, site: LaunchSite, { log, host }: { log: ServiceLog; host: ServiceHost }): Promise<Running> {
  for (const [name, text] of Object.entries(launch.files ?? {})) {
    const file = join(site.dir, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { mode: 0o600 });
  }
  const [command, ...args] = [...dieWithServer(host.searchPath), ...launch.command];
  const child = spawn(command ?? '', args, {
    cwd: site.dir,
    env: { PATH: host.searchPath, ...launch.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A separate session: Ctrl+C in the terminal reaches only the server, which then stops its services in order.
    detached: true,
  });
  const { promise: ended, resolve } = Promise.withResolvers<{ exitCode: number | null; signal: string | null }>();
  child.once('error', () => resolve({ exitCode: null, signal: null }));
  child.once('close', (exitCode, signal) => resolve({ exitCode, signal }));
  ended.finally(() => log[Symbol.dispose]());
  const { stdout, stderr } = await outputsOf(child);
  log.follow(stdout);
  log.follow(stderr);
  return { child, pid: child.pid ?? 0, ended };
}

async function end({ child, ended }: Running, graceMs: number): Promise<void> {
  if (graceMs > 0) child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await ended;
  clearTimeout(timer);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function onAbort(signal: AbortSignal | undefined, act: () => void): Disposable {
  signal?.addEventListener('abort', act);
  return { [Symbol.dispose]: () => signal?.removeEventListener('abort', act) };
}
