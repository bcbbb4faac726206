/** What is said of a program that something on the machine ends. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Run, runSchema } from '#sandbox/protocol/run.ts';
import { until } from '../../sandbox/test-server.ts';
import { attack, clusterOf, startProgram } from '../attack.ts';
import type { Product } from '../learners.ts';
import { processesOf } from '../traces.ts';

/** Processes between a program and the one that holds its walls: bubblewrap's first process inside; none in a container. */
const BETWEEN = { process: 1, docker: 0 };
const WAITING = 'console.log("up"); setInterval(() => {}, 1000);';

export function outsideCases(product: Product): void {
  /** Runs a program that waits, and kills one of its processes. */
  async function runAndKill(which: (program: number) => number): Promise<Run> {
    const { principal } = await clusterOf(product, 'ada');
    const id = await startProgram(product, 'ada', WAITING);
    const read = async () => runSchema.parse((await product.api('ada')('GET', `/api/runs/${id}`)).body);
    await until(read, ({ output }) => output.some(({ text }) => text === 'up\n'), 30_000);
    const programs = processesOf(principal).filter((pid) => /^\/usr\/(local\/)?bin\/node\0/.test(procFile(pid, 'cmdline')));
    expect(programs).toHaveLength(1);
    process.kill(which(programs[0] ?? 0), 'SIGKILL');
    return await until(read, ({ status }) => status === 'finished' || status === 'error', 15_000);
  }

  describe('ended from outside', () => {
    test('a program that is killed on the machine ends with the exit code that names the signal', async () => {
      const { result } = await runAndKill((program) => program);
      expect(result).toMatchObject({ kind: 'exited', exitCode: 137 });
    });

    test('one whose sandbox is torn down around it is a Streamwright error that says by what and after how long', async () => {
      const between = BETWEEN[product.provider === 'docker' ? 'docker' : 'process'];
      const { status, error } = await runAndKill((program) => {
        return Array.from({ length: between + 1 }).reduce<number>((pid) => parentOf(pid), program);
      });
      expect({ status, error }).toEqual({
        status: 'error',
        error: expect.stringMatching(/^The program was ended from outside by SIGKILL after \d+(\.\d)? s\. Neither /),
      });
      expect((await attack(product, 'control')).said[0]).toMatchObject({ value: 'mine' });
    });
  });
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s*(\d+)$/m.exec(procFile(pid, 'status'))?.[1]);
}

function procFile(pid: number, name: string): string {
  return readFileSync(`/proc/${pid}/${name}`, 'utf8');
}
