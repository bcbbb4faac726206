import { processTree } from './process-tree.ts';

/** A bubblewrap watches from outside, and a second one is the first process inside. */
const WALLS = 2;

/**
 * Sends SIGTERM to a program's Node, not to the processes that it started. A program that has ended, or has not begun, gets none.
 *
 * @param pid the first process of the run, which becomes Node itself where there are no walls
 */
export function askToEnd(pid: number, { boxed }: { boxed: boolean }): void {
  const node = boxed ? processTree(pid)[WALLS]?.pid : pid;
  if (node === undefined) return;
  try {
    process.kill(node, 'SIGTERM');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
