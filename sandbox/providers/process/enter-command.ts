/** What is set up around a program's command before it starts. */
export interface Enter {
  /** Full paths of the tools, both from util-linux; null when missing. */
  setpriv: string | null;
  prlimit: string | null;
  /** User to become, or null to keep the current one. */
  uid: number | null;
  /** Files of control groups to write the process id into. */
  cgroups: readonly string[];
  /** Limit of processes per user id, where no control group enforces it; only with a separate user. */
  processes: number | null;
}

/** Enters the control groups that are named before `--`, disables core dumps, and becomes the command that is named after it. */
const ENTER = 'for group; do shift; [ "$group" = -- ] && break; echo $$ > "$group" || exit 126; done; ulimit -c 0; exec "$@"';

/** Returns shell arguments to precede a command: limits first, while this user may set them, then the user. The process id is kept. */
export function enterCommand({ setpriv, prlimit, uid, cgroups, processes }: Enter): string[] {
  const limit = prlimit !== null && processes !== null && uid !== null ? [prlimit, `--nproc=${processes}`, '--'] : [];
  const user =
    setpriv !== null && uid !== null
      ? [setpriv, `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', '--no-new-privs', '--pdeathsig=KILL', '--']
      : [];
  return ['-c', ENTER, 'enter', ...cgroups, '--', ...limit, ...user];
}
