import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Dockerode from 'dockerode';
import type { Config } from '#sandbox/config.ts';
import { instanceName, isLeftOver, makeTemporaryFolder } from '#sandbox/host/instance-name.ts';
import { ifThere } from '#sandbox/providers/docker/engine.ts';
import { until } from '#sandbox/readiness/until.ts';
import { addRule, clearAfter, type Machine, removeLeftEngines } from './engine-traces.ts';

/** An engine of this process. Disposing it stops it and takes away all of it but its images. */
export interface OwnEngine extends AsyncDisposable {
  /** For DOCKER_HOST. */
  host: string;
  /** Ends it with every container that runs, as a stop of the machine's engine does. */
  stop(): Promise<void>;
  /** Starts it again, at the same place. */
  start(): Promise<void>;
}

const START_MS = 60_000;
const STOP_MS = 60_000;
/** Steps of builds that nothing was made with for this long. */
const OLD_STEPS = '168h';

/** Starts an engine that touches neither the firewall nor forwarding, and adds the one rule that closes the machine to its containers. */
export async function startOwnEngine(config: Config): Promise<OwnEngine> {
  await removeLeftEngines();
  const dir = await makeTemporaryFolder();
  const machine: Machine = { dir, data: dataFolder(config, dir), bridges: new Set() };
  await using opened = new AsyncDisposableStack();
  opened.defer(() => clearAfter(machine));
  await addRule(dir);
  const socket = join(dir, 'docker.sock');
  const docker = new Dockerode({ socketPath: socket });
  let child = begin(machine, socket);
  opened.defer(() => stop(child));
  const untilReady = () =>
    until(() => answers(docker, child, dir), { timeoutMs: START_MS, what: `the engine to answer (${dir}/engine.log)` });
  await untilReady();
  opened.defer(async () => {
    // What stays is removed when it starts again.
    if (!hasEnded(child)) await empty(docker, machine).catch((error) => console.log('the engine was not emptied:', error));
  });
  // When earlier tests were killed, what they had started is still known to it.
  await empty(docker, machine);
  const all = opened.move();
  return {
    host: `unix://${socket}`,
    async stop() {
      await noteBridges(docker, machine);
      await stop(child);
    },
    async start() {
      child = begin(machine, socket);
      await untilReady();
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

function begin({ dir, data }: Machine, socket: string): ChildProcess {
  const log = openSync(join(dir, 'engine.log'), 'a');
  const args = [
    ...['--host', `unix://${socket}`, '--data-root', data, '--exec-root', join(dir, 'exec'), '--pidfile', join(dir, 'pid')],
    ...['--iptables=false', '--ip6tables=false', '--ip-forward=false', '--ip-masq=false', '--bridge=none'],
    ...['--log-driver', 'local', '--log-opt', 'max-size=5m', '--log-opt', 'max-file=2'],
  ];
  // In a group of its own: an interrupt at the terminal is for us, and we stop it in order.
  const child = spawn('dockerd', args, { stdio: ['ignore', log, log], detached: true });
  closeSync(log);
  return child;
}

async function answers(docker: Dockerode, child: ChildProcess, dir: string): Promise<boolean> {
  if (child.exitCode !== null) throw new Error(`dockerd ended:\n${readFileSync(join(dir, 'engine.log'), 'utf8').slice(-2000)}`);
  await docker.ping();
  return true;
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

async function stop(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(timer);
}

/** Removes all but images; of these the steps of old builds. Containers end by this: an engine that is killed leaves them running. */
async function empty(docker: Dockerode, machine: Machine): Promise<void> {
  await noteBridges(docker, machine);
  for (const { Id } of await docker.listContainers({ all: true }))
    await ifThere(docker.getContainer(Id).remove({ force: true, v: true }));
  await docker.pruneNetworks();
  await docker.pruneVolumes();
  await docker.pruneImages({ filters: { dangling: ['true'], until: [OLD_STEPS] } });
}

async function noteBridges(docker: Dockerode, { bridges }: Machine): Promise<void> {
  for (const { Options } of await docker.listNetworks()) {
    const bridge = Options?.['com.docker.network.bridge.name'];
    if (bridge) bridges.add(bridge);
  }
}

/** Images stay from one `npm test` to the next, unless another one runs at the same time. */
function dataFolder({ home }: Config, dir: string): string {
  const kept = join(home, 'test-engine');
  const ownerFile = join(kept, 'owner');
  mkdirSync(kept, { recursive: true, mode: 0o700 });
  const owner = existsSync(ownerFile) ? readFileSync(ownerFile, 'utf8') : '';
  if (owner && !isLeftOver(owner) && !owner.startsWith(instanceName())) return join(dir, 'data');
  writeFileSync(ownerFile, `${instanceName()}-`);
  return join(kept, 'data');
}
