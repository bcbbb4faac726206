/** S00 to S12 and S17: a program and the limits, rights and files of its sandbox. */
import { statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { until } from '../../sandbox/test-server.ts';
import { attack, awaitEnd, fixtureText, startProgram } from '../attack.ts';
import { PROBE } from '../probe-lesson.ts';
import type { Product } from '../product.ts';
import { processesOf, threadsOf } from '../traces.ts';

const PROCESSES = 128;
/** The init of a sandbox and what watches over its program are no processes of the program. */
const OWN_PROCESSES = 8;

export function sandboxCases(product: Product): void {
  const free = () => statfsSync(tmpdir()).bavail * statfsSync(tmpdir()).bsize;

  test('S00 a right program calculates, keeps a megabyte, and sends and reads on its own topic', async () => {
    const { run, said } = await attack(product, 'control');
    expect(run.result).toMatchObject({ kind: 'exited', exitCode: 0 });
    expect(said).toEqual([
      { hash: '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881', bytes: 1_000_000, value: 'mine' },
    ]);
  });

  describe('limits', () => {
    test('S01 a fork bomb never has more than 128 processes and threads, and is ended', async () => {
      let most = 0;
      const look = (_run: unknown, marker: string) => {
        most = Math.max(most, threadsOf(marker));
      };
      const { run, said } = await attack(product, 'fork-bomb', { onLook: look });
      expect(run.result?.kind).toMatch(/^(process-limit|timed-out|out-of-memory)$/);
      expect(said.at(-1)?.started).toBeGreaterThan(4);
      expect(most).toBeGreaterThan(4);
      expect(most).toBeLessThanOrEqual(PROCESSES + OWN_PROCESSES);
    });

    test('S03 a memory hog is ended at 256 MB, and the host has its memory back', async () => {
      const before = freemem();
      const { run, said } = await attack(product, 'memory-hog');
      expect(run.result).toMatchObject({ kind: 'out-of-memory', limitMb: 256 });
      expect(said.at(-1).megabytes).toBeGreaterThan(100);
      // A container counts the 64 MB of what watches over the program besides.
      expect(said.at(-1).megabytes).toBeLessThanOrEqual(320);
      await until(freemem, (now) => now > before - 200e6);
    });

    test('S04 a busy loop is ended at its limit of time', async () => {
      const { run, said } = await attack(product, 'busy');
      expect(said).toEqual([{ busy: true }]);
      expect(run.result).toMatchObject({ kind: 'timed-out', limitMs: PROBE.runMs });
      expect(run.result?.durationMs).toBeGreaterThanOrEqual(PROBE.runMs);
      expect(run.result?.durationMs).toBeLessThan(PROBE.runMs + 1000);
    });

    test('S05 Stop ends a program that is deaf to signals, within 3 s', async () => {
      const id = await startProgram(product, 'ada', fixtureText('deaf', {}));
      const printed = async () => JSON.stringify((await product.api('ada')('GET', `/api/runs/${id}`)).body.output);
      await until(printed, (text) => text.includes('deaf'), 20_000);
      const begin = performance.now();
      const { body } = await product.api('ada')('DELETE', `/api/runs/${id}`);
      expect(performance.now() - begin).toBeLessThan(3000);
      expect(body).toMatchObject({ status: 'finished', result: { kind: 'cancelled' } });
    });

    test('S06 endless output is cut at 64 KiB and says so; neither answer, disk nor server grow by it', async () => {
      const before = { disk: free(), memory: process.memoryUsage().rss };
      const { run, output } = await attack(product, 'loud');
      expect(run.result).toMatchObject({ kind: 'output-limit', limitBytes: 65_536 });
      expect(output).toMatch(/^A{65536}\n… output beyond 64 KiB is cut/);
      expect(JSON.stringify(run).length).toBeLessThan(256 * 1024);
      expect(before.disk - free()).toBeLessThan(5 * 1024 * 1024);
      expect(process.memoryUsage().rss - before.memory).toBeLessThan(50 * 1024 * 1024);
    });

    test('S08 every disk that a program can fill is small, and empty again for the next run', async () => {
      const before = free();
      const { run, said } = await attack(product, 'fill-disks');
      expect(run.result).toMatchObject({ kind: 'exited' });
      const filled: Record<string, { code: string; megabytes: number }> = said[0];
      // Full, or as large as one file may be.
      const full = { code: expect.stringMatching(/^(ENOSPC|EFBIG)$/) };
      expect(filled['/tmp']).toMatchObject(full);
      expect(filled['/workspace']).toMatchObject(full);
      expect(
        Object.values(filled).filter(({ code }) => !/^(ENOSPC|EFBIG|EROFS|ENOENT|EACCES|EPERM|ENOTDIR)$/.test(code)),
      ).toEqual([]);
      expect(Object.values(filled).reduce((sum, { megabytes }) => sum + megabytes, 0)).toBeLessThanOrEqual(100);
      expect(before - free()).toBeLessThan(64 * 1024 * 1024);
      expect((await attack(product, 'what-is-left')).said[0]).toMatchObject({ left: [], room: ['ok', 'ok'] });
    });

    test('four busy threads have one processor between them', async () => {
      const { run, said } = await attack(product, 'busy-threads');
      expect(run.result).toMatchObject({ kind: 'timed-out' });
      const { threads, share } = said.at(-1);
      expect(threads).toBe(4);
      expect(share).toBeGreaterThan(0.3);
      expect(share).toBeLessThan(1.2);
    });
  });

  describe('what a program sees and may do', () => {
    test('S11 its own environment, processes and files, and nothing of the host, the server or the grader', async () => {
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

    test('S12 no root, no capability, none to be gained, a filter of system calls', async () => {
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

  test('S17 three processes that a program leaves behind, one with its output open, are gone with it', async () => {
    let seen = 0;
    const look = (_run: unknown, marker: string) => {
      seen = Math.max(seen, processesOf(`/*${marker}*/`).length);
    };
    const { run, said } = await attack(product, 'leave-behind', { onLook: look });
    expect(run.result).toMatchObject({ kind: 'exited', exitCode: 0 });
    expect(said).toEqual([{ left: 3 }]);
    expect(seen).toBeGreaterThan(0);
  });

  test('a run is over when its answer says so: no process of it is left at that moment', async () => {
    const id = await startProgram(product, 'ada', fixtureText('leave-behind', { marker: 'left-at-the-end' }));
    await awaitEnd(product, 'ada', id);
    expect(processesOf('/*left-at-the-end*/')).toEqual([]);
  });
}
