/**
 * Fetching inside a builder, by the same code and checksums as on a machine without an engine.
 */
import { mkdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FetchOptions } from '#sandbox/artifacts/jars.ts';
import { ensureJava, fetchedJava } from '#sandbox/artifacts/java.ts';
import { SOFTWARE } from '#sandbox/services/software-paths.ts';

export const FETCHING: FetchOptions = {
  home: '/opt/fetched',
  searchPath: '/usr/local/bin:/usr/bin:/bin',
  // `build-image.ts` tells lines of this form to whoever waits.
  onProgress: (message) => console.log(`streamwright: ${message}`),
};

/** Brings the pinned Java to its place in the image. Debian's own, which Maven runs on, is older or larger. */
export async function placeJava(): Promise<void> {
  await ensureJava({ ...FETCHING, javaHome: undefined, systemFolders: [] });
  const fetched = fetchedJava(FETCHING.home);
  if (!fetched) throw new Error('the Java of Debian was taken in place of the pinned one');
  await place(dirname(dirname(fetched.command)), dirname(dirname(SOFTWARE.kafka.java)));
}

/** Moves a folder to its place; times of files stay, which compiled code is bound to. */
export async function place(folder: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  await rename(folder, target);
}
