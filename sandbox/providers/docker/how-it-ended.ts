import { text } from 'node:stream/consumers';
import type Dockerode from 'dockerode';
import { z } from 'zod';

/** An engine hears of it from the kernel, and may report it a moment later. */
const LATEST_S = 1;
/** 128 + SIGKILL, the exit code of a container whose process was killed. */
const KILLED = '137';

const eventSchema = z.object({
  Action: z.string(),
  Actor: z.object({ Attributes: z.record(z.string(), z.string()) }),
});

/** Asks the engine what ended a container, which may no longer exist, since a time; null where it was neither. */
export async function howItEnded(
  docker: Dockerode,
  containerId: string,
  since: Date,
): Promise<'out-of-memory' | 'killed' | null> {
  const events = await docker.getEvents({
    since: Math.floor(since.getTime() / 1000),
    until: Math.ceil(Date.now() / 1000) + LATEST_S,
    filters: { container: [containerId], event: ['oom', 'die'] },
  });
  const seen = (await text(events))
    .split('\n')
    .filter(Boolean)
    .map((line) => eventSchema.parse(JSON.parse(line)));
  if (seen.some(({ Action }) => Action === 'oom')) return 'out-of-memory';
  return seen.some(({ Action, Actor }) => Action === 'die' && Actor.Attributes.exitCode === KILLED) ? 'killed' : null;
}
