/**
 * A gate in a container of its own. It stands in learners' networks in the place of the service, which is in none of them.
 */
import { join, relative } from 'node:path';
import { finished } from 'node:stream/promises';
import type Dockerode from 'dockerode';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { archive, type ContextFile } from '#sandbox/images/build-context.ts';
import { closureOf } from '#sandbox/images/code-closure.ts';
import { projectPackage } from '#sandbox/images/packages.ts';
import { type Endpoint, GATE_IS_OPEN, type Gate } from '#sandbox/providers/provider.ts';
import type { ServiceLog } from '#sandbox/providers/service-log.ts';
import { abortable } from '#sandbox/readiness/abortable.ts';
import type { DockerContext, GateContainer } from './context.ts';
import { ifThere } from './engine.ts';
import { listen } from './first-words.ts';
import { workspaceImage } from './image/workspace-image.ts';
import { newName } from './labels.ts';
import type { Network } from './network.ts';
import { SERVICE_USER } from './service-container.ts';

export interface GateOptions {
  gate: Gate;
  /** Where programs reach the service, by a name that leads to the gate. */
  inside: Endpoint;
  /** Address of the service in the network, and one that is free for the gate. */
  network: Network;
  serviceAddress: string;
  address: string;
  /** Of the service. */
  log: ServiceLog;
  signal: AbortSignal | undefined;
}

const CODE_DIR = 'gate';
const NODE = '/usr/local/bin/node';
const MB = 1024 * 1024;
const MEMORY_MB = 256;
const HEAP_MB = 96;
const START_LIMIT_MS = 20_000;

/** Starts a gate and returns when it is open. The engine starts it again when it ends. */
export async function startGate(context: DockerContext, options: GateOptions): Promise<GateContainer> {
  const { docker, owner, securityOptions } = context;
  const { gate, inside, network, serviceAddress, address, log, signal } = options;
  await using made = new AsyncDisposableStack();
  const module = moduleOf(gate);
  const container = await docker.createContainer({
    name: newName('gate'),
    Image: await context.image(workspaceImage),
    Labels: owner.labels('gate'),
    User: `${SERVICE_USER}:${SERVICE_USER}`,
    Entrypoint: [],
    Cmd: [...[NODE, `--max-old-space-size=${HEAP_MB}`, module], ...[String(inside.port), serviceAddress, String(inside.port)]],
    ...{ AttachStdout: true, AttachStderr: true, Tty: false },
    NetworkingConfig: { EndpointsConfig: { [network.name]: { IPAMConfig: { IPv4Address: address } } } },
    HostConfig: {
      NetworkMode: network.name,
      RestartPolicy: { Name: 'on-failure' },
      Init: true,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges', ...securityOptions],
      ...{ Memory: MEMORY_MB * MB, MemorySwap: MEMORY_MB * MB, PidsLimit: 64 },
      Dns: ['127.0.0.1'],
      // It is in many networks and must not forward packets between them.
      Sysctls: { 'net.ipv4.ip_forward': '0' },
      LogConfig: { Type: 'local', Config: { 'max-size': '5m', 'max-file': '2' } },
    },
  });
  made.defer(() => ifThere(container.remove({ force: true })));
  await container.putArchive(archive(await codeOf(gate)), { path: '/' });
  await open(container, log, signal);
  const all = made.move();
  return {
    containerId: container.id,
    async resume(nextLog, nextSignal) {
      const { State } = await container.inspect();
      if (!State.Running) return open(container, nextLog, nextSignal);
      const { output } = await listen(container);
      nextLog.follow(output);
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

async function open(container: Dockerode.Container, log: ServiceLog, signal: AbortSignal | undefined): Promise<void> {
  const saw = log.saw(GATE_IS_OPEN);
  const { output } = await listen(container);
  log.follow(output);
  await container.start();
  const limit = AbortSignal.timeout(START_LIMIT_MS);
  await abortable(saw, signal ? AbortSignal.any([signal, limit]) : limit);
}

/** Makes a gate hold back what comes from an address. @throws the engine's error; Error when the gate does not run */
export async function holdAt(
  container: Dockerode.Container,
  { gate, port }: { gate: Gate; port: number },
  { address, forMs }: { address: string; forMs: number },
): Promise<void> {
  const asking = await container.exec({
    Cmd: [NODE, moduleOf(gate), 'hold', String(port), address, String(forMs)],
    AttachStdout: true,
  });
  const output = await asking.start({});
  await finished(output.resume());
  const { ExitCode } = await asking.inspect();
  if (ExitCode !== 0) throw new Error(`a gate did not hold back: exit ${ExitCode}`);
}

function moduleOf({ program }: Gate): string {
  return `/${CODE_DIR}/${relative(PROJECT_DIR, program)}`;
}

/** Returns the module with its imports, as a project that Node can run. */
async function codeOf({ program }: Gate): Promise<ContextFile[]> {
  const { modules } = await closureOf([program]);
  return [
    { path: join(CODE_DIR, 'package.json'), text: JSON.stringify(await projectPackage()) },
    ...modules.map((source) => ({ path: join(CODE_DIR, relative(PROJECT_DIR, source)), source })),
  ];
}
