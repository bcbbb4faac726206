import { mkdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The `java` command in every image that has one. */
export const JAVA_IN_IMAGE = '/opt/java/bin/java';

/** Moves a folder to its place in the image. Keeps file times, which compiled code depends on. */
export async function install(folder: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  await rename(folder, target);
}
