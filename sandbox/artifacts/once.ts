import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { instanceName, isLeftOver } from '#sandbox/host/instance-name.ts';

/**
 * Makes a folder completely or not at all: `make` fills a temporary folder, which is then renamed to `target`. Does nothing when `target`
 * exists. When two processes make the same folder at the same time, the one that finishes first wins.
 */
export async function makeOnce(target: string, make: (aside: string) => Promise<void>): Promise<void> {
  if (existsSync(target)) return;
  const folder = dirname(target);
  await mkdir(folder, { recursive: true });
  for (const name of (await readdir(folder)).filter(isLeftOver)) await rm(join(folder, name), { recursive: true, force: true });
  const aside = await mkdtemp(join(folder, `${instanceName()}-`));
  try {
    await make(aside);
    await rename(aside, target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}
