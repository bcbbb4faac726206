import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Files of the host that everybody on the host may read and write: what keeps a program from them is its sandbox alone. */
export interface Canaries extends Disposable {
  /** Stands in every file, and in this process's environment. */
  readonly secret: string;
  readonly paths: readonly string[];
  /** A folder with one of the files. */
  readonly folder: string;
  /** Paths of those that are not as they were made. */
  changed(): string[];
}

export function placeCanaries(home: string): Canaries {
  const secret = `canary-${randomUUID()}`;
  const name = `streamwright-trust-${process.pid}-${randomUUID().slice(0, 8)}`;
  const folder = join(tmpdir(), name);
  const paths = [join(folder, 'inner'), join(tmpdir(), `${name}.txt`), join('/var/tmp', `${name}.txt`), join(home, 'canary.txt')];
  mkdirSync(folder, { mode: 0o777 });
  mkdirSync(home, { recursive: true });
  for (const path of paths) writeFileSync(path, secret, { mode: 0o666 });
  process.env.STREAMWRIGHT_TRUST_CANARY = secret;
  const look = (path: string) => {
    const { mode, uid, gid, nlink, mtimeMs, ino } = statSync(path);
    return JSON.stringify([readFileSync(path, 'utf8'), mode, uid, gid, nlink, mtimeMs, ino]);
  };
  const made = new Map(paths.map((path) => [path, look(path)]));
  return {
    secret,
    paths,
    folder,
    changed: () => paths.filter((path) => safely(() => look(path)) !== made.get(path)),
    [Symbol.dispose]: () => {
      delete process.env.STREAMWRIGHT_TRUST_CANARY;
      for (const path of [folder, ...paths]) rmSync(path, { recursive: true, force: true });
    },
  };
}

function safely(read: () => string): string | null {
  try {
    return read();
  } catch {
    return null;
  }
}
