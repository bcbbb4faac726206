import type { Library } from './libraries.ts';

/** Everything of the machine that is seen inside. */
export interface BubblewrapView {
  node: string;
  libraries: readonly Library[];
  kafkajs: string;
  /** File in the workspace to file of the machine. */
  files: Readonly<Record<string, string>>;
  /** Path inside to socket of the machine. */
  sockets: Readonly<Record<string, string>>;
  /** File descriptors that bubblewrap reads its filter of system calls from and reports to. */
  seccompFd: number;
  statusFd: number;
}

/** Where a program stands inside. */
export const INSIDE = { workspace: '/workspace', node: '/usr/bin/node', home: '/tmp' } as const;

const WORKSPACE_BYTES = 32 * 1024 * 1024;
const TMP_BYTES = 32 * 1024 * 1024;
const SHM_BYTES = 1024 * 1024;

/**
 * Arguments of `bwrap` for one run: no network, no other process, nothing of the machine but Node, its libraries, kafkajs and the run's
 * files; read-only but for three small file systems in memory.
 */
export function bubblewrapArguments(view: BubblewrapView): string[] {
  const binds = (entries: readonly (readonly [inside: string, outside: string])[]) =>
    entries.flatMap(([inside, outside]) => ['--ro-bind', outside, inside]);
  const tmpfs = (path: string, bytes: number) => ['--size', String(bytes), '--tmpfs', path];
  return [
    // `--disable-userns` needs the explicit `--unshare-user`; without it a program makes a namespace of its own and is root there.
    ...['--unshare-all', '--unshare-user', '--disable-userns', '--die-with-parent', '--new-session'],
    ...['--cap-drop', 'ALL', '--hostname', 'sandbox'],
    ...['--seccomp', String(view.seccompFd), '--json-status-fd', String(view.statusFd)],
    ...binds(view.libraries.map(({ target, source }) => [target, source] as const)),
    ...binds([[INSIDE.node, view.node]]),
    ...['--proc', '/proc', '--dev', '/dev'],
    // Without sizes each of these may fill the machine's memory.
    ...tmpfs('/dev/shm', SHM_BYTES),
    ...tmpfs('/tmp', TMP_BYTES),
    ...tmpfs(INSIDE.workspace, WORKSPACE_BYTES),
    ...binds(Object.entries(view.files).map(([name, file]) => [`${INSIDE.workspace}/${name}`, file] as const)),
    ...binds([[`${INSIDE.workspace}/node_modules/kafkajs`, view.kafkajs]]),
    ...binds(Object.entries(view.sockets)),
    // The root and /dev are file systems in memory as well, without a limit.
    ...['--remount-ro', '/dev', '--remount-ro', '/'],
    ...['--chdir', INSIDE.workspace],
  ];
}
