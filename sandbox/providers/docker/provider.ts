import type { Config } from '#sandbox/config.ts';
import { ensureImage } from '#sandbox/images/images.ts';
import { serviceImage } from '#sandbox/images/service-image.ts';
import type { SandboxProvider, SoftwareOptions, Weakness } from '#sandbox/providers/provider.ts';
import { type DockerContext, ServiceRegistry } from './context.ts';
import { connectEngine, engineAnswers, withEngine } from './engine.ts';
import { checkFirewall, FIREWALL_COMMAND, type Firewall } from './firewall.ts';
import { workspaceImage } from './image/workspace-image.ts';
import { Owner } from './labels.ts';
import { seccompOptions } from './seccomp.ts';
import { startService } from './service.ts';
import { removeLabelled, sweep } from './sweep.ts';
import { openWorkspace } from './workspace.ts';
import { SUPERVISOR_MEMORY_MB } from './workspace-container.ts';

export interface DockerProvider extends SandboxProvider {
  readonly name: 'docker';
  readonly firewall: Firewall;
}

export interface DockerProviderOptions extends SoftwareOptions {
  config: Config;
  /** Called with the error when a background task fails; not awaited. */
  onFault?: ((error: unknown) => void) | undefined;
}

const SWEEP_EVERY_MS = 30_000;

/**
 * Starts services and programs in containers of the machine's engine. Removes what killed servers left, first now and then repeatedly.
 * @throws PlatformError SERVICE_NOT_READY when no engine responds, or the image for workspaces is not available
 */
export async function openDockerProvider({ config, onFault, ...first }: DockerProviderOptions): Promise<DockerProvider> {
  const docker = await connectEngine();
  return withEngine('Containers cannot be used', async () => {
    const { ServerVersion: version, Architecture: architecture } = await docker.info();
    const owner = new Owner();
    const context: DockerContext = {
      ...{ docker, config, owner, services: new ServiceRegistry(), containers: new Map() },
      securityOptions: seccompOptions({ architecture }),
      image: (image, options) => ensureImage(image, { docker, config, ...options }),
    };
    await sweep(docker, owner);
    const image = await context.image(workspaceImage, first);
    const firewall = await checkFirewall({ docker, image, range: config.subnets });
    const sweeper = setInterval(() => {
      sweep(docker, owner).catch((error: unknown) => onFault?.(error));
    }, SWEEP_EVERY_MS).unref();
    return {
      name: 'docker',
      isolation: firewall === 'open' ? 'weak' : 'full',
      walls: `one container each, on engine ${version}`,
      firewall,
      weaknesses: weaknessesOf(firewall),
      workspaceMemoryMb: SUPERVISOR_MEMORY_MB,
      answers: () => engineAnswers(docker),
      async software(source, options) {
        await context.image(serviceImage(source), options);
        return source.inImage;
      },
      startService: (spec, options) =>
        withEngine(`${spec.name} could not be started`, () => startService(context, spec, options)),
      openWorkspace: (options) => withEngine('A workspace could not be opened', () => openWorkspace(context, options)),
      async [Symbol.asyncDispose]() {
        clearInterval(sweeper);
        if (await engineAnswers(docker)) await removeLabelled(docker, (labels) => owner.has(labels));
      },
    };
  });
}

export function weaknessesOf(firewall: Firewall): Weakness[] {
  if (firewall !== 'open') return [];
  return [{ what: 'containers reach services of this machine that listen on all of its addresses', mend: FIREWALL_COMMAND }];
}
