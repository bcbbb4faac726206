/**
 * Where we can create control groups: version 2 where it has the controllers, else version 1.
 */
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A folder to create groups in, and the controllers that work there. Version 1 has one folder per controller. */
export interface CgroupParent {
  folder: string;
  controllers: readonly Controller[];
}

export interface CgroupTree {
  version: 1 | 2;
  parents: readonly CgroupParent[];
}

export type Controller = 'memory' | 'pids' | 'cpu';

const CONTROLLERS = ['memory', 'pids', 'cpu'] as const;

/** Returns the tree in which this process may create groups with limits of memory and processes; null when there is none. */
export function findCgroupTree(): CgroupTree | null {
  try {
    const mounts = readFileSync('/proc/self/mounts', 'utf8');
    const membership = readFileSync('/proc/self/cgroup', 'utf8');
    const trees = [version2(mounts), version1(mounts, membership)];
    return trees.find((tree) => tree !== null && canMakeGroups(tree)) ?? null;
  } catch {
    return null;
  }
}

/** Version 2: groups at the top of the mount, since a group that holds processes (ours) cannot pass controllers on. */
export function version2(mounts: string): CgroupTree | null {
  const folder = mountPoints(mounts, 'cgroup2')[0]?.folder;
  if (!folder || !existsSync(join(folder, 'cgroup.subtree_control'))) return null;
  const available = readFileSync(join(folder, 'cgroup.controllers'), 'utf8').trim().split(' ');
  const controllers = CONTROLLERS.filter((controller) => available.includes(controller));
  const enabled = readFileSync(join(folder, 'cgroup.subtree_control'), 'utf8').trim().split(' ');
  const missing = controllers.filter((controller) => !enabled.includes(controller));
  if (!hasLimits(controllers)) return null;
  try {
    if (missing.length > 0) writeFileSync(join(folder, 'cgroup.subtree_control'), missing.map((name) => `+${name}`).join(' '));
  } catch {
    return null;
  }
  return { version: 2, parents: [{ folder, controllers }] };
}

/** Version 1: groups below the one that this process is in, so that an outer limit keeps counting. */
export function version1(mounts: string, membership: string): CgroupTree | null {
  const points = mountPoints(mounts, 'cgroup');
  const parents = CONTROLLERS.flatMap((controller) => {
    const point = points.find(({ options }) => options.includes(controller));
    if (!point) return [];
    const own = membership.split('\n').find((line) => line.split(':')[1]?.split(',').includes(controller));
    const beneath = join(point.folder, own?.split(':').slice(2).join(':') ?? '');
    return [{ folder: existsSync(beneath) ? beneath : point.folder, controllers: [controller] }];
  });
  return hasLimits(parents.flatMap(({ controllers }) => controllers)) ? { version: 1, parents } : null;
}

function hasLimits(controllers: readonly Controller[]): boolean {
  return controllers.includes('memory') && controllers.includes('pids');
}

function mountPoints(mounts: string, type: string): { folder: string; options: string[] }[] {
  return mounts.split('\n').flatMap((line) => {
    const [, folder, kind, options] = line.split(' ');
    return kind === type && folder && options ? [{ folder, options: options.split(',') }] : [];
  });
}

function canMakeGroups(tree: CgroupTree): boolean {
  try {
    for (const { folder } of tree.parents) {
      const group = join(folder, `streamwright-probe-${process.pid}`);
      mkdirSync(group);
      rmdirSync(group);
    }
    return true;
  } catch {
    return false;
  }
}
