/** What stands around a program's command before it starts. */
export interface Enter {
  /** Full paths of the tools; both come with util-linux. */
  setpriv: string | null;
  prlimit: string | null;
  /** User to become, or null to stay who we are. */
  uid: number | null;
  /** Files of control groups to write the process id into. */
  cgroups: readonly string[];
  /** Limit of processes by user id, where no control group keeps it; only with a user of its own. */
  processes: number | null;
}

/** Enters the control groups that are named before `--`, allows no core dump, and becomes what is named behind it. */
const ENTER = 'for group; do shift; [ "$group" = -- ] && break; echo $$ > "$group" || exit 126; done; ulimit -c 0; exec "$@"';

/** Arguments of a shell that stand before a command: limits first, while we still are who may set them, then the user. The process id stays the same. */
export function enterCommand({ setpriv, prlimit, uid, cgroups, processes }: Enter): string[] {
  const limit = prlimit !== null && processes !== null && uid !== null ? [prlimit, `--nproc=${processes}`, '--'] : [];
  const user =
    setpriv !== null && uid !== null
      ? [setpriv, `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', '--no-new-privs', '--pdeathsig=KILL', '--']
      : [];
  return ['-c', ENTER, 'enter', ...cgroups, '--', ...limit, ...user];
}
