import type { RunResult } from '#sandbox/protocol/run.ts';
import { endedFromOutside } from '#sandbox/providers/ended-from-outside.ts';
import type { ProgramSpec, RunOptions, Workspace, WorkspaceOptions } from '#sandbox/providers/provider.ts';
import type { DockerContext } from './context.ts';
import { ifThere, withEngine } from './engine.ts';
import { holdAt } from './gate-container.ts';
import { howItEnded } from './how-it-ended.ts';
import { workspaceImage } from './image/workspace-image.ts';
import { createNetwork } from './network.ts';
import { joinServices } from './reached-services.ts';
import { Supervised } from './supervised.ts';
import { limitsOf, type WorkspaceLimits, workspaceContainer } from './workspace-container.ts';

/**
 * Opens a workspace: a container that waits for programs, in a network with only the services that they may reach.
 * @throws the engine's error
 */
export async function openWorkspace(context: DockerContext, { reach }: WorkspaceOptions): Promise<Workspace> {
  const { docker, config, owner, services, securityOptions } = context;
  await using opened = new AsyncDisposableStack();
  const image = await context.image(workspaceImage);
  const network = opened.use(await createNetwork(docker, { owner, range: config.subnets, kind: 'sealed' }));
  const reached = await joinServices({ network, reach, services, by: 'programs' });
  const first: WorkspaceLimits = config.limits.program;
  let limits: WorkspaceLimits | null = null;
  const address = network.subnet.address(Object.keys(reach).length);
  const container = await docker.createContainer(
    workspaceContainer({
      labels: owner.labels('workspace'),
      image,
      network: network.name,
      address,
      extraHosts: reached.extraHosts,
      securityOptions,
      limits: first,
    }),
  );
  opened.defer(() => ifThere(container.remove({ force: true })));
  const supervised = await Supervised.start(container);
  opened.defer(() => supervised.close());
  let closing: Promise<void> | null = null;
  let holds = false;

  async function keepLimits(wanted: WorkspaceLimits): Promise<void> {
    if (wanted.memoryMb === limits?.memoryMb && wanted.processes === limits.processes) return;
    await container.update(limitsOf(wanted, supervised.ownBytes));
    limits = wanted;
  }

  async function hold(forMs: number): Promise<boolean> {
    const gates = Object.values(reach).map((endpoint) => services.at(endpoint));
    const held = gates.map(async ({ gateId, gate, inside: { port } }) => {
      if (gateId === null || gate === null) return false;
      await withEngine('The broker could not be paused', () =>
        holdAt(docker.getContainer(gateId), { gate, port }, { address, forMs }),
      );
      return true;
    });
    holds = forMs > 0;
    return (await Promise.all(held)).every(Boolean);
  }

  async function runNext(program: ProgramSpec, options: RunOptions): Promise<RunResult> {
    const since = new Date();
    const startedAt = performance.now();
    try {
      await withEngine('The program could not be started', () => keepLimits(options.limits));
      return await supervised.run(program, options);
    } catch (error) {
      const durationMs = Math.round(performance.now() - startedAt);
      if (closing) {
        await closing;
        return { kind: 'cancelled', durationMs };
      }
      const how = await howItEnded(docker, container.id, since);
      // The kernel ended the supervisor instead of the program.
      if (how === 'out-of-memory') return { kind: how, limitMb: options.limits.memoryMb, durationMs };
      throw how === 'killed' ? endedFromOutside('SIGKILL', durationMs) : error;
    } finally {
      // The next program has the same address.
      if (holds) await hold(0).catch(() => false);
    }
  }

  // So that the first run need not wait for it.
  await keepLimits(first);
  let last: Promise<unknown> = Promise.resolve();
  const resources = opened.move();
  return {
    address(name) {
      const endpoint = reach[name];
      if (!endpoint) throw new Error(`programs in this workspace cannot reach ${name}`);
      return { host: name, port: services.at(endpoint).inside.port };
    },
    run(program, options) {
      const run = last.then(() => runNext(program, options));
      last = run.catch(() => undefined);
      return run;
    },
    hold,
    broken: () => supervised.hasEnded() || !reached.areThere(),
    [Symbol.asyncDispose]() {
      closing ??= resources.disposeAsync();
      return closing;
    },
  };
}
