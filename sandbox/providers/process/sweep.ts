import { readdirSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isLeftOver } from '#sandbox/host/instance-name.ts';
import { removeGroup } from './cgroup-cage.ts';
import type { CgroupTree } from './cgroup-tree.ts';

/** Ends and removes what our killed processes left: programs in their control groups, folders of runs with their sockets. */
export async function sweep(tree: CgroupTree | null): Promise<void> {
  for (const { folder } of tree?.parents ?? []) {
    for (const name of readdirSync(folder).filter(isLeftOver)) await removeGroup(join(folder, name));
  }
  for (const name of (await readdir(tmpdir())).filter(isLeftOver)) await removeFolder(join(tmpdir(), name));
}

async function removeFolder(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true });
  } catch {
    // It belongs to another user of this machine, whose own sweep removes it.
  }
}
