import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The inputs of a build. Graders, alternates and wrong programs never reach a page. */
const INPUTS = [
  'package-lock.json',
  'lessons/*.ts',
  'lessons/**/*.{mdx,yaml}',
  'lessons/**/{starter,solution}/**',
  'sandbox/protocol/*.ts',
  'site/*.{ts,json}',
  'site/{src,public,publish}/**',
];

/** Returns a hash of the names and bytes of all inputs. */
export function hashInputs(projectDir: string): string {
  const hash = createHash('sha256');
  const files = globSync(INPUTS, { cwd: projectDir, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) {
    const bytes = readFileSync(file);
    hash.update(`${file.slice(projectDir.length)}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}
