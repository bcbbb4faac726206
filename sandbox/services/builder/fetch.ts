/**
 * Fetches inside a builder, with the same code and checksums as on a machine without an engine.
 */
import { dirname } from 'node:path';
import type { FetchOptions } from '#sandbox/artifacts/fetch-options.ts';
import { ensureJava, fetchedJava } from '#sandbox/artifacts/java.ts';
import { install, JAVA_IN_IMAGE } from './install.ts';

export const FETCHING: FetchOptions = {
  home: '/opt/fetched',
  searchPath: '/usr/local/bin:/usr/bin:/bin',
  // `build-image.ts` reports lines of this form as progress.
  onProgress: (message) => console.log(`streamwright: ${message}`),
};

/** Places the pinned Java in the image. Debian's own, which Maven runs on, is older or larger. */
export async function installJava(): Promise<void> {
  await ensureJava({ ...FETCHING, systemFolders: [] });
  const fetched = fetchedJava(FETCHING.home);
  if (!fetched) throw new Error('the Java of Debian was taken in place of the pinned one');
  await install(dirname(dirname(fetched.command)), dirname(dirname(JAVA_IN_IMAGE)));
}
