import { setTimeout as delay } from 'node:timers/promises';

const PAUSE_MS = 5;
const LIMIT_MS = 5000;
const EVERYBODY = -1;

/**
 * Ends every process of the container but the first one and this one, and waits until none is left. A process that forks meanwhile is
 * ended in the next round.
 * @throws Error when some are left after 5 s
 */
export async function endAllOthers(): Promise<void> {
  const deadline = performance.now() + LIMIT_MS;
  while (killAll()) {
    if (performance.now() > deadline) throw new Error('processes of the program could not be ended');
    await delay(PAUSE_MS);
  }
}

/** Returns false when there was no process to end. */
function killAll(): boolean {
  try {
    process.kill(EVERYBODY, 'SIGKILL');
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}
