/**
 * A service in its own container. Its ports are chosen at its first start and kept next to its log, so that it restarts with the same ones.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type Dockerode from 'dockerode';
import { z } from 'zod';
import { PlatformError } from '#sandbox/errors.ts';
import { freePorts } from '#sandbox/host/free-ports.ts';
import { serviceImage } from '#sandbox/images/service-image.ts';
import { ENDED_EARLY, notReady, tooSlow } from '#sandbox/providers/not-ready.ts';
import type { Endpoint, LaunchSite, ServiceSpec, StartedService, StartOptions } from '#sandbox/providers/provider.ts';
import { ServiceLog } from '#sandbox/providers/service-log.ts';
import { abortable } from '#sandbox/readiness/abortable.ts';
import { becomeReady } from '#sandbox/readiness/readiness.ts';
import type { DockerContext, GateContainer, ServiceContainer } from './context.ts';
import { ifThere, isEngineGone } from './engine.ts';
import { listen } from './first-words.ts';
import { type GateOptions, startGate } from './gate-container.ts';
import { newName } from './labels.ts';
import { createNetwork } from './network.ts';
import { joinServices } from './reached-services.ts';
import { startingContainer } from './readiness.ts';
import { DATA_DIR, SERVICE_USER, startContainer } from './service-container.ts';
import { archiveOf, SERVICE_FOLDER, startScript } from './service-files.ts';

const HOST = '127.0.0.1';
const EVERY_ADDRESS = '0.0.0.0';
const DIR_INSIDE = `${DATA_DIR}/${SERVICE_FOLDER}`;
const SITE_FILE = 'service.json';
const siteSchema = z.strictObject({ ports: z.record(z.string(), z.number()), volume: z.string() });

/** What is kept of a service between two starts. */
type Site = z.infer<typeof siteSchema>;

/**
 * Starts a service and waits until it is ready.
 * @throws PlatformError SERVICE_NOT_READY with the last lines of its log
 */
export async function startService(context: DockerContext, spec: ServiceSpec, options: StartOptions): Promise<StartedService> {
  const { dir, onProgress, signal } = options;
  const image = await context.image(serviceImage(spec.software), { onProgress, signal });
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const site = await readSite(spec, dir);
  onProgress?.(`starting ${spec.name}`);
  const log = new ServiceLog(join(dir, `${spec.name}.log`));
  try {
    const started =
      (await startAgain(context, dir, { spec, site, log, signal })) ??
      (await startNew(context, { spec, site, image, log, options }));
    context.containers.set(dir, started);
    await writeFile(join(dir, SITE_FILE), JSON.stringify(site));
    return await running(context, { spec, site, dir, log, started });
  } catch (error) {
    log[Symbol.dispose]();
    signal?.throwIfAborted();
    if (error instanceof PlatformError) throw error;
    throw isEngineGone(error) ? error : failureOf(spec, error, log.tail);
  }
}

async function readSite(spec: ServiceSpec, dir: string): Promise<Site> {
  const file = join(dir, SITE_FILE);
  if (existsSync(file)) return siteSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  const ports = await freePorts([...spec.ports, ...(spec.ownPorts ?? [])], HOST);
  return { ports, volume: newName(spec.software.name) };
}

interface Again {
  spec: ServiceSpec;
  site: Site;
  log: ServiceLog;
  signal: AbortSignal | undefined;
}

/** Returns null when its container no longer exists or does not start. A restarted container keeps its networks. */
async function startAgain(
  context: DockerContext,
  dir: string,
  { spec, site, log, signal }: Again,
): Promise<ServiceContainer | null> {
  const known = context.containers.get(dir);
  if (!known) return null;
  const handle = context.docker.getContainer(known.containerId);
  try {
    const { ready } = await watch(handle, { spec, site, log });
    await handle.start();
    await abortable(ready, signal);
    await known.gate?.resume(log, signal);
    return known;
  } catch (error) {
    if (isEngineGone(error)) throw error;
    context.containers.delete(dir);
    await ifThere(handle.remove({ force: true }));
    await known.gate?.[Symbol.asyncDispose]();
    await known.network[Symbol.asyncDispose]();
    signal?.throwIfAborted();
    return null;
  }
}

interface Watching {
  spec: ServiceSpec;
  site: Site;
  log: ServiceLog;
}

/** Follows a container that is about to start: `ready` is rejected when it ends or is too slow. */
async function watch(container: Dockerode.Container, { spec, site, log }: Watching): Promise<{ ready: Promise<void> }> {
  const looking = new AbortController();
  const failed = Promise.withResolvers<never>();
  const starting = startingContainer({ container, log, dir: DIR_INSIDE, endpoint: (name) => endpointOf(site, name) });
  const becoming = becomeReady(spec.ready, starting, looking.signal);
  const { output, silent } = await listen(container);
  log.follow(output);
  silent.then(() => failed.reject(new NotReady(ENDED_EARLY)));
  setTimeout(() => failed.reject(new NotReady(tooSlow(spec))), spec.readyTimeoutMs).unref();
  const ready = Promise.race([becoming, failed.promise]).finally(() => looking.abort());
  ready.catch(() => undefined); // the error reaches whoever waits for it
  return { ready };
}

interface New {
  spec: ServiceSpec;
  site: Site;
  image: string;
  log: ServiceLog;
  options: StartOptions;
}

async function startNew(context: DockerContext, { spec, site, image, log, options }: New): Promise<ServiceContainer> {
  const { docker, config, owner, services, securityOptions } = context;
  const { dir, reach = {}, signal } = options;
  await using made = new AsyncDisposableStack();
  const network = made.use(await createNetwork(docker, { owner, range: config.subnets, kind: 'published' }));
  const reached = await joinServices({ network, reach, services, by: 'services' });
  const place = Object.keys(reach).length;
  const address = network.subnet.address(place);
  const launchSite = siteInside(spec, site);
  const prepare = (await spec.prepare?.(launchSite)) ?? null;
  const launch = await spec.launch(launchSite);
  await docker.createVolume({ Name: site.volume, Labels: owner.volumeLabels(spec.software.name, dir) });
  const ready = Promise.withResolvers<void>();
  const created: Dockerode.Container[] = [];
  const starting = startContainer({
    labels: owner.labels(spec.software.name),
    ...{ spec, image, securityOptions },
    script: startScript(prepare, launch, DIR_INSIDE),
    env: { ...prepare?.env, ...launch.env },
    files: await archiveOf([prepare, launch], SERVICE_USER),
    volume: site.volume,
    network: network.name,
    address,
    extraHosts: reached.extraHosts,
    ports: spec.ports.map((name) => site.ports[name] ?? 0),
    onCreated: async (containerId) => {
      const handle = docker.getContainer(containerId);
      created.push(handle);
      signal?.throwIfAborted();
      const watched = await watch(handle, { spec, site, log });
      ready.resolve(watched.ready);
    },
  });
  ready.promise.catch(() => undefined); // a failed start is reported on its own
  made.defer(async () => {
    // Of a start that is stopped early, the engine may be about to create the container.
    if (created.length === 0) await Promise.allSettled([starting]);
    for (const handle of created) await ifThere(handle.remove({ force: true }));
  });
  const [container] = await abortable(Promise.all([starting, ready.promise]), signal);
  const gate = await gateOf(context, spec, {
    site,
    network,
    serviceAddress: address,
    address: network.subnet.address(place + 1),
    log,
    signal,
  });
  made.move();
  return { containerId: container.getId(), network, gate };
}

type GatePlace = Omit<GateOptions, 'gate' | 'inside'> & { site: Site };

/** Starts the gate of a service that has one. */
async function gateOf(context: DockerContext, spec: ServiceSpec, { site, ...place }: GatePlace): Promise<GateContainer | null> {
  const [main = ''] = spec.ports;
  return spec.gate ? startGate(context, { gate: spec.gate, inside: insideOf(spec, site, main), ...place }) : null;
}

function insideOf(spec: ServiceSpec, site: Site, name: string): Endpoint {
  return { host: spec.name, port: spec.insidePorts?.[name] ?? endpointOf(site, name).port };
}

function siteInside(spec: ServiceSpec, { ports }: Site): LaunchSite {
  const inside = spec.insidePorts ? { host: spec.name, ports: spec.insidePorts } : null;
  return { dir: DIR_INSIDE, ports, host: HOST, bindHost: EVERY_ADDRESS, inside };
}

function endpointOf({ ports }: Site, name: string): Endpoint {
  return { host: HOST, port: ports[name] ?? 0 };
}

interface Run {
  spec: ServiceSpec;
  site: Site;
  dir: string;
  log: ServiceLog;
  started: ServiceContainer;
}

async function running(context: DockerContext, { spec, site, dir, log, started }: Run): Promise<StartedService> {
  const handle = context.docker.getContainer(started.containerId);
  const ended = endOf(handle).then((exitCode) => ({ exitCode, signal: null, logTail: log.tail }));
  ended.finally(() => log[Symbol.dispose]());
  const { State } = await handle.inspect();
  const endpoints: Record<string, Endpoint> = {};
  const inside: Record<string, Endpoint> = {};
  for (const name of spec.ports) {
    const endpoint = endpointOf(site, name);
    endpoints[name] = endpoint;
    inside[name] = insideOf(spec, site, name);
    const gateId = name === spec.ports[0] ? (started.gate?.containerId ?? null) : null;
    context.services.set(endpoint, {
      containerId: handle.id,
      gateId,
      gate: (gateId && spec.gate) || null,
      inside: inside[name],
    });
  }
  return {
    name: spec.name,
    ...{ endpoints, inside, ended, pid: State.Pid, isChild: false },
    async kill() {
      await ifThere(handle.kill({ signal: 'SIGKILL' }));
      await ended;
    },
    async [Symbol.asyncDispose]() {
      context.containers.delete(dir);
      if (spec.stopTimeoutMs > 0) await ifThere(handle.stop({ t: Math.ceil(spec.stopTimeoutMs / 1000) }));
      await ifThere(handle.remove({ force: true }));
      await started.gate?.[Symbol.asyncDispose]();
      await started.network[Symbol.asyncDispose]();
      await ended;
    },
  };
}

/** Settles when the container or the engine has ended, with the exit code, or null when the engine can no longer report it. */
async function endOf(container: Dockerode.Container): Promise<number | null> {
  try {
    const { StatusCode } = await container.wait();
    return StatusCode;
  } catch {
    return null;
  }
}

/** Why the service did not become ready. */
class NotReady extends Error {}

function failureOf(spec: ServiceSpec, cause: unknown, logTail: string): PlatformError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const what = cause instanceof NotReady ? reason : `could not be started: ${reason.trim()}`;
  return notReady(spec, { what, logTail, cause });
}
