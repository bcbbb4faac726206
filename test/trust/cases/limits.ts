/** What a program takes from the host at most: time, memory and disk. Measured on the whole machine, so that nothing may run beside it. */
import { statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { retainedBytes } from '../../retained-bytes.ts';
import { until } from '../../sandbox/test-server.ts';
import { attack } from '../attack.ts';
import type { Product } from '../learners.ts';
import { BRIEF_PROBE } from '../probe-lesson.ts';

export function limitCases(product: Product): void {
  const free = () => statfsSync(tmpdir()).bavail * statfsSync(tmpdir()).bsize;

  test('a busy loop is ended at its limit of time', async () => {
    const { run, said } = await attack(product, 'busy', { brief: true });
    expect(said).toEqual([{ busy: true }]);
    expect(run.result).toMatchObject({ kind: 'timed-out', limitMs: BRIEF_PROBE.runMs });
    expect(run.result?.durationMs).toBeGreaterThanOrEqual(BRIEF_PROBE.runMs);
    expect(run.result?.durationMs).toBeLessThan(BRIEF_PROBE.runMs + 1000);
  });

  test('endless output is cut at 64 KiB and says so; neither answer, disk nor server grow by it', async () => {
    const before = { disk: free(), retained: await retainedBytes() };
    const { run, output } = await attack(product, 'loud');
    expect(run.result).toMatchObject({ kind: 'output-limit', limitBytes: 65_536 });
    expect(output).toMatch(/^A{65536}\n… output beyond 64 KiB is cut/);
    expect(JSON.stringify(run).length).toBeLessThan(256 * 1024);
    expect(before.disk - free()).toBeLessThan(5 * 1024 * 1024);
    expect((await retainedBytes()) - before.retained).toBeLessThan(8 * 1024 * 1024);
  });

  test('every disk that a program can fill is small, and is empty for the next run', async () => {
    const before = free();
    const { run, said } = await attack(product, 'fill-disks');
    expect(run.result).toMatchObject({ kind: 'exited' });
    const filled: Record<string, { code: string; megabytes: number }> = said[0];
    // Full, or as large as one file may be.
    const full = { code: expect.stringMatching(/^(ENOSPC|EFBIG)$/) };
    expect(filled['/tmp']).toMatchObject(full);
    expect(filled['/workspace']).toMatchObject(full);
    expect(Object.values(filled).filter(({ code }) => !/^(ENOSPC|EFBIG|EROFS|ENOENT|EACCES|EPERM|ENOTDIR)$/.test(code))).toEqual(
      [],
    );
    expect(Object.values(filled).reduce((sum, { megabytes }) => sum + megabytes, 0)).toBeLessThanOrEqual(100);
    expect(before - free()).toBeLessThan(64 * 1024 * 1024);
    expect((await attack(product, 'what-is-left')).said[0]).toMatchObject({ left: [], room: ['ok', 'ok'] });
  });

  test('four busy threads have one processor between them', async () => {
    const { run, said } = await attack(product, 'busy-threads', { brief: true });
    expect(run.result).toMatchObject({ kind: 'timed-out' });
    const { threads, share } = said.at(-1);
    expect(threads).toBe(4);
    expect(share).toBeGreaterThan(0.3);
    expect(share).toBeLessThan(1.2);
  });

  test('a memory hog is ended at 256 MB, and the host has its memory back', async () => {
    // Last of these: until then the product itself grows, which cannot be told from what the host does not get back.
    await attack(product, 'memory-hog'); // after a first run the pools make ready what the next ones take
    const before = await steadyFreeMemory();
    const { run, said } = await attack(product, 'memory-hog');
    expect(run.result).toMatchObject({ kind: 'out-of-memory', limitMb: 256 });
    expect(said.at(-1).megabytes).toBeGreaterThan(100);
    // A container counts the 64 MB of what watches over the program besides.
    expect(said.at(-1).megabytes).toBeLessThanOrEqual(320);
    await until(freemem, (now) => now > before - 200e6);
  });
}

/** Returns the machine's free memory in bytes once it has hardly changed for two seconds: nothing starts or ends any more. */
async function steadyFreeMemory(): Promise<number> {
  const seen: { at: number; bytes: number }[] = [];
  const look = () => {
    const at = performance.now();
    seen.push({ at, bytes: freemem() });
    return seen.filter((one) => one.at > at - STEADY_MS).map(({ bytes }) => bytes);
  };
  const isSteady = (recent: number[]) =>
    performance.now() - (seen[0]?.at ?? 0) > STEADY_MS && Math.max(...recent) - Math.min(...recent) < STEADY_BYTES;
  const recent = await until(look, isSteady, STEADY_LIMIT_MS);
  return recent.at(-1) ?? 0;
}

const STEADY_MS = 2000;
const STEADY_BYTES = 30e6;
const STEADY_LIMIT_MS = 30_000;
