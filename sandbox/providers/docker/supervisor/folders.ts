/**
 * The folders that a program may write in. They are in memory and end with the container; they are emptied between two programs.
 */
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { spawnAsLearner } from './learner.ts';

export const WORKSPACE = '/workspace';
const MODULES = '/workspace-modules';
const WRITABLE = [WORKSPACE, '/tmp', '/dev/shm'];
/** Everyone may add files, and no one may remove another user's. */
const SHARED = 0o1777;
const CLEANING_LIMIT_MS = 10_000;

/** Lets the learner write in the workspace: engines give a folder in memory the mode of the image's folder at that path. */
export function openWorkspace(): void {
  chmodSync(WORKSPACE, SHARED);
}

/**
 * Writes a program. Its files belong to root, so the program cannot change them.
 * @throws Error for a name outside the workspace
 */
export function writeProgram(files: Readonly<Record<string, string>>): void {
  symlinkSync(MODULES, join(WORKSPACE, 'node_modules'));
  for (const [name, text] of Object.entries(files)) {
    if (normalize(name) !== name || name.startsWith('..') || name.startsWith('/')) throw new Error(`not a file name: ${name}`);
    const file = join(WORKSPACE, name);
    makeFolder(dirname(file));
    writeFileSync(file, text, { mode: 0o444, flag: 'wx' });
  }
}

function makeFolder(folder: string): void {
  if (folder === WORKSPACE) return;
  makeFolder(dirname(folder));
  if (mkdirSync(folder, { recursive: true }) !== undefined) chmodSync(folder, SHARED);
}

/**
 * Empties the folders after a program. A process that runs as the learner removes the learner's files, so their names and links can only
 * lead to the learner's own.
 * @returns whether they are empty
 */
export async function emptyFolders(files: Readonly<Record<string, string>>): Promise<boolean> {
  const own = new Set(['node_modules', ...Object.keys(files).map((name) => name.split('/')[0] ?? '')]);
  const hasFolders = Object.keys(files).some((name) => name.includes('/'));
  const isForeign = WRITABLE.some((folder) => readdirSync(folder).some((name) => folder !== WORKSPACE || !own.has(name)));
  if (hasFolders || isForeign) await emptyAsLearner();
  for (const name of own) rmSync(join(WORKSPACE, name), { recursive: true, force: true });
  return WRITABLE.every((folder) => readdirSync(folder).length === 0);
}

async function emptyAsLearner(): Promise<void> {
  const places = WRITABLE.join(' ');
  const script = `chmod -R u+rwx ${places}; exec find ${places} -xdev -depth -mindepth 1 -user 10002 -delete`;
  const cleaner = spawnAsLearner(['/bin/sh', '-c', script], { stdio: 'ignore', cwd: '/', env: {}, timeout: CLEANING_LIMIT_MS });
  await once(cleaner, 'exit');
}
