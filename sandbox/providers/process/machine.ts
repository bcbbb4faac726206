/**
 * What this machine offers for running programs, detected once.
 */
import { chmodSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { findCommand } from '#sandbox/host/find-command.ts';
import { instanceName, makeTemporaryFolder } from '#sandbox/host/instance-name.ts';
import type { Cages } from './cage.ts';
import { cgroupCages } from './cgroup-cage.ts';
import { findCgroupTree } from './cgroup-tree.ts';
import { inheritedDescriptors } from './inherited-descriptors.ts';
import { KnownServices } from './known-services.ts';
import { type Library, sharedLibraries } from './libraries.ts';
import { readableByAll } from './reachable.ts';
import { sampledCages } from './sampled-cage.ts';
import { seccompFilter } from './seccomp.ts';
import { sweep } from './sweep.ts';
import { mayBecomeOtherUsers, UserPool } from './users.ts';

export interface Tools {
  node: string;
  kafkajs: string;
  shell: string;
  setpriv: string | null;
  prlimit: string | null;
  bubblewrap: Bubblewrap | null;
}

export interface Bubblewrap {
  command: string;
  libraries: readonly Library[];
  /** File with the compiled filter of system calls. */
  seccompFile: string;
}

export interface Machine extends AsyncDisposable {
  readonly tools: Tools;
  /** Folder for files of runs, outside every project, because module resolution climbs. */
  readonly base: string;
  /** Users to run programs as; null when programs must run as this process's user. */
  readonly users: UserPool | null;
  readonly cages: Cages;
  /** File descriptors that this process inherited, which programs must not get. */
  readonly inherited: readonly number[];
  /** Services that were started here. */
  readonly services: KnownServices;
  /** Why there is no bubblewrap; null when there is. */
  readonly lacks: string | null;
}

export async function inspectMachine(searchPath: string): Promise<Machine> {
  const tree = findCgroupTree();
  await sweep(tree);
  const base = await makeTemporaryFolder();
  chmodSync(base, 0o711);
  const setpriv = findCommand('setpriv', searchPath);
  const users = setpriv && mayBecomeOtherUsers() ? new UserPool() : null;
  const shared = (path: string) => (users ? readableByAll(path, base) : path);
  const node = await shared(process.execPath);
  const bubblewrap = await findBubblewrap({ searchPath, node, base });
  return {
    base,
    users,
    inherited: inheritedDescriptors(),
    services: new KnownServices(),
    cages: tree ? cgroupCages(tree, instanceName()) : sampledCages,
    tools: {
      node,
      kafkajs: await shared(join(PROJECT_DIR, 'node_modules', 'kafkajs')),
      shell: '/bin/sh',
      setpriv,
      prlimit: findCommand('prlimit', searchPath),
      bubblewrap: typeof bubblewrap === 'string' ? null : bubblewrap,
    },
    lacks: typeof bubblewrap === 'string' ? bubblewrap : null,
    [Symbol.asyncDispose]: () => rm(base, { recursive: true, force: true }),
  };
}

async function findBubblewrap({
  searchPath,
  node,
  base,
}: {
  searchPath: string;
  node: string;
  base: string;
}): Promise<Bubblewrap | string> {
  const command = process.platform === 'linux' ? findCommand('bwrap', searchPath) : null;
  if (!command) return process.platform === 'linux' ? 'bubblewrap (bwrap) is not installed' : 'bubblewrap exists on Linux only';
  const filter = seccompFilter(process.arch);
  if (!filter) return `Streamwright has no filter of system calls for ${process.arch}`;
  const seccompFile = join(base, 'seccomp.bpf');
  await writeFile(seccompFile, filter);
  try {
    return { command, libraries: sharedLibraries(node), seccompFile };
  } catch (error) {
    return `the libraries of ${node} could not be found: ${error instanceof Error ? error.message : error}`;
  }
}
