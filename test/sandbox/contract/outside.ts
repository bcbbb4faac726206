import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { until } from '#sandbox/readiness/until.ts';
import { processesOf } from '../../trust/traces.ts';
import type { Contract } from '../provider-contract.ts';
import { runText } from '../providers/run-text.ts';

/** Processes between a program and the one that holds its walls: bubblewrap's first process inside; none in a container. */
const BETWEEN = { process: 1, docker: 0 };

/** What is said of a program that something on this machine ends. */
export function outsideCases(contract: Contract): void {
  /** Runs a program that waits, and kills one of its processes once it has said something. */
  async function runAndKill(which: (program: number) => number) {
    const marker = randomUUID();
    await using workspace = await contract.provider.openWorkspace({ reach: {} });
    const killed = Promise.withResolvers<void>();
    const running = runText(workspace, 'console.log("up"); setInterval(() => {}, 1000)', {
      env: { MARKER: marker },
      onOutput: () => killed.resolve(kill(marker, which)),
    });
    await killed.promise;
    return await running;
  }

  test('a program that is killed from outside is said to have been ended by that signal', async () => {
    expect((await runAndKill((program) => program)).result).toMatchObject({ kind: 'exited', exitCode: 137 });
  });

  test('one whose walls are torn down from outside is a Streamwright error that says by what and after how long', async () => {
    const torn = runAndKill((program) => {
      return Array.from({ length: BETWEEN[contract.provider.name] + 1 }).reduce<number>((pid) => parentOf(pid), program);
    });
    await expect(torn).rejects.toMatchObject({
      code: 'SERVICE_NOT_READY',
      message: expect.stringMatching(/^The program was ended from outside by SIGKILL after \d+(\.\d)? s\.$/),
    });
    expect((await contract.run('console.log("fine")')).stdout).toBe('fine\n');
  });
}

async function kill(marker: string, which: (program: number) => number): Promise<void> {
  const programs = () => processesOf(marker).filter((pid) => /^\/usr\/(local\/)?bin\/node\0/.test(read(pid, 'cmdline')));
  await until(() => programs().length === 1, { timeoutMs: 5000, what: 'the program' });
  process.kill(which(programs()[0] ?? 0), 'SIGKILL');
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s*(\d+)$/m.exec(read(pid, 'status'))?.[1]);
}

function read(pid: number, file: string): string {
  return readFileSync(`/proc/${pid}/${file}`, 'utf8');
}
