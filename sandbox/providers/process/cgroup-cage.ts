import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '#sandbox/readiness/until.ts';
import { type Cage, type CageLimits, type Cages, type Excess, killQuietly, LOOK_EVERY_MS } from './cage.ts';
import type { CgroupTree, Controller } from './cgroup-tree.ts';

/** At most one processor, in microseconds per 100 ms. */
const CPU = { period: 100_000, quota: 100_000 };
const END_TIMEOUT_MS = 10_000;

/** Returns cages that the kernel enforces: limits apply immediately, and to pages in a tmpfs as well. `name` begins each group's name. */
export function cgroupCages(tree: CgroupTree, name: string): Cages {
  let count = 0;
  return { kind: `cgroup v${tree.version}`, open: (limits) => open(tree, `${name}-${++count}`, limits) };
}

/** Returns the files of one group that set its limits, with their contents. */
export function limitFiles(version: 1 | 2, controller: Controller, { memoryMb, processes }: CageLimits): [string, string][] {
  const bytes = String(memoryMb * 1024 * 1024);
  const files: Record<`${Controller} v${1 | 2}`, [string, string][]> = {
    'memory v1': [
      ['memory.limit_in_bytes', bytes],
      ['memory.memsw.limit_in_bytes', bytes],
    ],
    'memory v2': [
      ['memory.max', bytes],
      ['memory.swap.max', '0'],
      ['memory.oom.group', '1'],
    ],
    'pids v1': [['pids.max', String(processes)]],
    'pids v2': [['pids.max', String(processes)]],
    'cpu v1': [
      ['cpu.cfs_period_us', String(CPU.period)],
      ['cpu.cfs_quota_us', String(CPU.quota)],
    ],
    'cpu v2': [['cpu.max', `${CPU.quota} ${CPU.period}`]],
  };
  return files[`${controller} v${version}`];
}

function open({ version, parents }: CgroupTree, name: string, limits: CageLimits): Cage {
  const groups = parents.map(({ folder, controllers }) => ({ folder: join(folder, name), controllers }));
  for (const { folder, controllers } of groups) {
    mkdirSync(folder);
    for (const [file, value] of controllers.flatMap((controller) => limitFiles(version, controller, limits))) {
      const optional = /swap|memsw/.test(file); // the file does not exist where swap is not accounted
      if (!optional || existsSync(join(folder, file))) writeFileSync(join(folder, file), value);
    }
  }
  const folderOf = (controller: Controller) => groups.find(({ controllers }) => controllers.includes(controller))?.folder ?? '';
  const oomFile = join(folderOf('memory'), version === 1 ? 'memory.oom_control' : 'memory.events');
  const pidsFile = join(folderOf('pids'), 'pids.events');

  const excess = (): Excess | null => {
    if (counter(oomFile, 'oom_kill') > 0) return 'out-of-memory';
    return counter(pidsFile, 'max') > 0 ? 'process-limit' : null;
  };

  return {
    enter: groups.map(({ folder }) => join(folder, 'cgroup.procs')),
    excess,
    watch(_pid, onExcess) {
      const timer = setInterval(() => {
        const found = excess();
        if (found) onExcess(found);
      }, LOOK_EVERY_MS);
      return { [Symbol.dispose]: () => clearInterval(timer) };
    },
    end: killQuietly,
    async close() {
      for (const { folder } of groups) await removeGroup(folder);
    },
  };
}

/** Ends every process of a group, waits until none is left, and removes it. */
export async function removeGroup(folder: string): Promise<void> {
  await until(() => !existsSync(folder) || (killAll(folder) && removed(folder)), {
    timeoutMs: END_TIMEOUT_MS,
    everyMs: 2,
    what: `the processes of ${folder} to end`,
  });
}

/** Kills what is in a group. Returns true when it is empty. */
function killAll(folder: string): boolean {
  const pids = readFileSync(join(folder, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean).map(Number);
  for (const pid of pids) killQuietly(pid);
  return pids.length === 0;
}

function removed(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch {
    return false; // a process that has ended still counts until it is waited for
  }
}

function counter(file: string, name: string): number {
  const line = readFileSync(file, 'utf8')
    .split('\n')
    .find((text) => text.startsWith(`${name} `));
  return Number(line?.split(' ')[1] ?? 0);
}
