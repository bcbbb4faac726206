import type { Library } from './libraries.ts';

/** Everything on the machine that is visible inside. */
export interface BubblewrapView {
  node: string;
  libraries: readonly Library[];
  kafkajs: string;
  /** File in the workspace to file on the machine. */
  files: Readonly<Record<string, string>>;
  /** Folder on the machine with the sockets of services, as they come and go; null for none. */
  sockets: string | null;
  /** File descriptors: bubblewrap reads its filter of system calls from one and reports its status on the other. */
  seccompFd: number;
  statusFd: number;
}

/** Where a program's files are inside. */
export const INSIDE = { workspace: '/workspace', node: '/usr/bin/node', home: '/tmp', sockets: '/run' } as const;

const WORKSPACE_BYTES = 32 * 1024 * 1024;
const TMP_BYTES = 32 * 1024 * 1024;
const SHM_BYTES = 1024 * 1024;

/**
 * Returns the arguments of `bwrap` for one run: no network, no other process, nothing of the machine but Node, its libraries, kafkajs and
 * the run's files; read-only except for three small file systems in memory.
 */
export function bubblewrapArguments(view: BubblewrapView): string[] {
  const binds = (entries: readonly (readonly [inside: string, outside: string])[]) =>
    entries.flatMap(([inside, outside]) => ['--ro-bind', outside, inside]);
  const tmpfs = (path: string, bytes: number) => ['--size', String(bytes), '--tmpfs', path];
  return [
    // `--disable-userns` requires an explicit `--unshare-user`; without it a program could create a namespace and be root there.
    ...['--unshare-all', '--unshare-user', '--disable-userns', '--die-with-parent', '--new-session'],
    ...['--cap-drop', 'ALL', '--hostname', 'sandbox'],
    ...['--seccomp', String(view.seccompFd), '--json-status-fd', String(view.statusFd)],
    ...binds(view.libraries.map(({ target, source }) => [target, source] as const)),
    ...binds([[INSIDE.node, view.node]]),
    ...['--proc', '/proc', '--dev', '/dev'],
    // Without sizes each of these could fill the machine's memory.
    ...tmpfs('/dev/shm', SHM_BYTES),
    ...tmpfs('/tmp', TMP_BYTES),
    ...tmpfs(INSIDE.workspace, WORKSPACE_BYTES),
    ...binds(Object.entries(view.files).map(([name, file]) => [`${INSIDE.workspace}/${name}`, file] as const)),
    ...binds([[`${INSIDE.workspace}/node_modules/kafkajs`, view.kafkajs]]),
    ...(view.sockets === null ? [] : binds([[INSIDE.sockets, view.sockets]])),
    // The root and /dev are also file systems in memory, without a limit.
    ...['--remount-ro', '/dev', '--remount-ro', '/'],
    ...['--chdir', INSIDE.workspace],
  ];
}
