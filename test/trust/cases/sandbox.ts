/** A program and the limits, rights and files of its sandbox. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { until } from '../../sandbox/test-server.ts';
import { attack, awaitEnd, fixtureText, startProgram } from '../attack.ts';
import type { Product } from '../learners.ts';
import { processesOf, threadsOf } from '../traces.ts';

const PROCESSES = 128;
/** The init of a sandbox and what watches over its program are no processes of the program. */
const OWN_PROCESSES = 8;

export function sandboxCases(product: Product): void {
  test('a right program calculates, keeps a megabyte, and sends and reads on its own topic', async () => {
    const { run, said } = await attack(product, 'control');
    expect(run.result).toMatchObject({ kind: 'exited', exitCode: 0 });
    expect(said).toEqual([
      { hash: '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881', bytes: 1_000_000, value: 'mine' },
    ]);
  });

  describe('limits', () => {
    test('a fork bomb never has more than 128 processes and threads, and is ended', async () => {
      let most = 0;
      const look = (_run: unknown, marker: string) => {
        most = Math.max(most, threadsOf(marker));
      };
      const { run, said } = await attack(product, 'fork-bomb', { brief: true, onLook: look });
      expect(run.result?.kind).toMatch(/^(process-limit|timed-out|out-of-memory)$/);
      expect(said.at(-1)?.started).toBeGreaterThan(4);
      expect(most).toBeGreaterThan(4);
      expect(most).toBeLessThanOrEqual(PROCESSES + OWN_PROCESSES);
    });

    test('Stop ends a program that ignores signals within 3 s', async () => {
      const id = await startProgram(product, 'ada', fixtureText('deaf', {}));
      const printed = async () => JSON.stringify((await product.api('ada')('GET', `/api/runs/${id}`)).body.output);
      await until(printed, (text) => text.includes('deaf'), 20_000);
      const begin = performance.now();
      const { body } = await product.api('ada')('DELETE', `/api/runs/${id}`);
      expect(performance.now() - begin).toBeLessThan(3000);
      expect(body).toMatchObject({ status: 'finished', result: { kind: 'cancelled' } });
    });
  });

  describe('what a program sees and may do', () => {
    test('its own environment, processes and files, and nothing of the host, the server or the grader', async () => {
      const socket = (process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock').replace('unix://', '');
      const wanted = [...product.canaries.paths, product.config.home, socket, `/proc/${process.pid}/environ`];
      const { output, said } = await attack(product, 'look-around', { given: { paths: wanted } });
      const { env, environ, commands, files, folders, descriptors } = said[0];
      expect(environ.join()).toContain('STREAMWRIGHT_CLUSTER');
      expect(
        Object.keys(env).filter((name) => !/^(STREAMWRIGHT_CLUSTER|HOME|PATH|PWD|HOSTNAME|NODE_VERSION)$/.test(name)),
      ).toEqual([]);
      // Its own init was given the environment of the program itself.
      const { '/proc/1/environ': init, ...others } = files;
      expect(init).not.toMatch(/HOME=\/root|DOCKER_HOST|SECRET|canary/);
      expect(init).not.toContain(process.cwd());
      const errors = /^(ENOENT|EACCES|ENOTDIR|EISDIR|EPERM|)$/;
      expect(Object.values(others).filter((content) => !errors.test(String(content)))).toEqual([]);
      expect(descriptors).toEqual([]);
      expect(commands.length).toBeLessThanOrEqual(4);
      expect(folders['/workspace']).toContain('main.ts');
      expect(JSON.stringify(Object.values(folders))).not.toMatch(/docker\.sock|grader|solution|streamwright\.sqlite/);
      expect(output).not.toMatch(/(grader|solution)-canary/);
    });

    test('no root, no capability, none to be gained, a filter of system calls', async () => {
      const { said } = await attack(product, 'rights');
      const { status, own, attempts, writable, roots } = said[0];
      expect(`${status.Uid}\t${status.Gid}`.split('\t')).not.toContain('0');
      expect(status).toMatchObject({ NoNewPrivs: '1', Seccomp: '2', Groups: expect.not.stringMatching(/\b0\b/) });
      for (const set of ['CapEff', 'CapBnd', 'CapPrm', 'CapInh', 'CapAmb']) expect(status[set]).toMatch(/^0+$/);
      expect(own).toBe('ok');
      expect(
        Object.entries(attempts).filter(([, answer]) => !/^(EPERM|EACCES|EROFS|ENOENT|ETXTBSY|EINVAL)$/.test(String(answer))),
      ).toEqual([]);
      // The init of its sandbox may be as weak as itself; whatever has more rights must be out of reach.
      for (const rights of writable) expect(status).toMatchObject(Object.fromEntries(rights));
      expect(roots).toEqual([]);
    });
  });

  test('three processes that a program leaves behind, one with its output open, end with it', async () => {
    let seen = 0;
    const look = (_run: unknown, marker: string) => {
      seen = Math.max(seen, processesOf(`/*${marker}*/`).length);
    };
    const { run, said } = await attack(product, 'leave-behind', { given: { waitMs: 1500 }, onLook: look });
    expect(run.result).toMatchObject({ kind: 'exited', exitCode: 0 });
    expect(said).toEqual([{ left: 3 }]);
    expect(seen).toBeGreaterThan(0);
  });

  test('a run is over when its answer says so: no process of it is left at that moment', async () => {
    const marker = randomUUID();
    const id = await startProgram(product, 'ada', fixtureText('leave-behind', { marker }));
    await awaitEnd(product, 'ada', id);
    expect(processesOf(`/*${marker}*/`)).toEqual([]);
  });
}
