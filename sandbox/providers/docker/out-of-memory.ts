import { once } from 'node:events';
import type Dockerode from 'dockerode';

/** An engine hears of it from the kernel, and may report it a moment later. */
const LATEST_S = 1;

/** Returns whether memory has run out since a time in a container, which may no longer exist. */
export async function ranOutOfMemory(docker: Dockerode, containerId: string, since: Date): Promise<boolean> {
  const events = await docker.getEvents({
    since: Math.floor(since.getTime() / 1000),
    until: Math.ceil(Date.now() / 1000) + LATEST_S,
    filters: { container: [containerId], event: ['oom'] },
  });
  const [told, silent] = [once(events, 'data').then(() => true), once(events, 'end').then(() => false)];
  try {
    return await Promise.race([told, silent]);
  } finally {
    told.catch(() => undefined);
    silent.catch(() => undefined);
    if ('destroy' in events && typeof events.destroy === 'function') events.destroy();
  }
}
