import { spawnSync } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfig } from '#sandbox/config.ts';
import { makeTemporaryFolder } from '#sandbox/host/instance-name.ts';
import { openProcessProvider, type ProcessProvider } from '#sandbox/providers/process/provider.ts';

/** Letters and signs that a user may give to the folder of a clone, and that some part of a JVM takes for syntax. */
export const ODD_FOLDERS = ['übung 日本 e\u0301, a;b:c=d "q" it\'s 50% %20 #1 $HOME `x` [y] {z} *? back\\slash end.'];

/** A STREAMWRIGHT_HOME in a folder of this name, with everything that was fetched already, and the provider that uses it. */
export async function openOddHome(
  name: string,
): Promise<AsyncDisposable & { home: string; dir: string; provider: ProcessProvider }> {
  const config = readConfig({ ...process.env, LC_ALL: 'C', LANG: 'C' });
  const top = await makeTemporaryFolder();
  const home = join(top, name);
  const dir = join(home, 'run');
  await mkdir(dir, { recursive: true });
  // Not a link to the folder: Java would follow it to the plain name.
  const copy = (links: boolean) => spawnSync('cp', [links ? '-al' : '-a', join(config.home, 'artifacts'), home]).status;
  if (copy(true) !== 0 && copy(false) !== 0) throw new Error(`the artifacts could not be copied to ${home}`);
  const provider = await openProcessProvider({ ...config, home });
  return {
    home,
    dir,
    provider,
    async [Symbol.asyncDispose]() {
      await provider[Symbol.asyncDispose]();
      await rm(top, { recursive: true, force: true });
    },
  };
}
