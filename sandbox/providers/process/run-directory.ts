import { randomBytes } from 'node:crypto';
import { chown, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { workspaceFiles } from '#sandbox/providers/program-files.ts';

export interface RunDirectory extends AsyncDisposable {
  readonly path: string;
  /** Each file of the program by its name, including `package.json`. */
  readonly files: Readonly<Record<string, string>>;
}

export interface RunDirectoryOptions {
  /** Folder below which it is created. */
  base: string;
  files: Readonly<Record<string, string>>;
  uid: number | null;
  /** Path of kafkajs to copy in as `node_modules/kafkajs`, where it cannot be mounted. */
  copyKafkajs: string | null;
}

/** Writes a program into a fresh directory that only its user can read. */
export async function makeRunDirectory({ base, files, uid, copyKafkajs }: RunDirectoryOptions): Promise<RunDirectory> {
  const path = join(base, `run-${randomBytes(8).toString('hex')}`);
  const written: Record<string, string> = {};
  const folders = new Set([path]);
  await mkdir(path, { mode: 0o700 });
  for (const [name, text] of Object.entries(workspaceFiles(files))) {
    const file = join(path, name);
    for (let folder = dirname(file); folder !== path; folder = dirname(folder)) folders.add(folder);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { mode: 0o400 });
    written[name] = file;
  }
  if (copyKafkajs) await cp(copyKafkajs, join(path, 'node_modules', 'kafkajs'), { recursive: true });
  if (uid !== null) for (const owned of [...folders, ...Object.values(written)]) await chown(owned, uid, uid);
  return { path, files: written, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
