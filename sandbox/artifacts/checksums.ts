import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Returns the SHA-256 of each file of a folder in the format of `sha256sum`, sorted by name. */
export async function folderChecksums(folder: string): Promise<string> {
  const names = (await readdir(folder)).sort();
  const lines = await Promise.all(names.map(async (name) => `${await fileChecksum(join(folder, name))}  ${name}\n`));
  return lines.join('');
}

/** Returns the names of the files by which two lists of checksums differ: changed, missing or added. */
export function differingFiles(expected: string, found: string): string[] {
  const wanted = parse(expected);
  const present = parse(found);
  return [...new Set([...wanted.keys(), ...present.keys()])].filter((name) => wanted.get(name) !== present.get(name));
}

function parse(list: string): Map<string, string> {
  return new Map(
    list.split('\n').flatMap((line) => {
      const [checksum, name] = line.split('  ');
      return checksum && name ? [[name, checksum] as const] : [];
    }),
  );
}

async function fileChecksum(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
