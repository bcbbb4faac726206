import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

/**
 * Returns the outputs of a process that was spawned with pipes for them.
 * @throws the system's error where it could not be started for lack of open files: then there are none
 */
export async function outputsOf(child: ChildProcess): Promise<{ stdout: Readable; stderr: Readable }> {
  const { stdout, stderr } = child;
  if (stdout && stderr) return { stdout, stderr };
  await once(child, 'spawn');
  throw new Error('a started process has no output');
}
