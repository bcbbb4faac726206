/**
 * The files that an engine receives to build an image from, as one tar archive, and the hash that names the result.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack } from 'tar-stream';

/** A file of a build context: a text, or a file on this machine. */
export type ContextFile = { path: string; mode?: number } & ({ text: string } | { source: string });

/**
 * Returns the files below a folder, placed below `target`, sorted by name; none when the folder does not exist.
 * @param accept receives the path below the folder
 */
export async function filesBelow(
  folder: string,
  { target, accept = () => true }: { target: string; accept?: (path: string) => boolean },
): Promise<ContextFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter(accept)
    .sort()
    .map((path) => ({ path: join(target, path), source: join(folder, path) }));
}

/** Returns a name for the result: 16 characters, the same for the same texts at the same paths and the same `more`. */
export async function hashOf(files: readonly ContextFile[], more: readonly string[] = []): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(more));
  for (const file of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const content = 'text' in file ? file.text : await readFile(file.source);
    hash.update(JSON.stringify([file.path, file.mode ?? null])).update(createHash('sha256').update(content).digest());
  }
  return hash.digest('hex').slice(0, 16);
}

/** Returns the files as a tar archive, without their times: an engine's cached step then serves every copy of the files. */
export function archive(files: readonly ContextFile[]): Readable {
  const tar = pack();
  const mtime = new Date(0);
  const fill = async () => {
    for (const file of files) {
      const header = { name: file.path, mode: file.mode ?? 0o644, mtime };
      if ('text' in file) {
        tar.entry(header, file.text);
        continue;
      }
      const { size } = await stat(file.source);
      await pipeline(createReadStream(file.source), tar.entry({ ...header, size }));
    }
    tar.finalize();
  };
  fill().catch((error) => tar.destroy(error));
  return Readable.from(tar);
}
