import { findCommand } from '#sandbox/host/find-command.ts';

/**
 * Returns the words to put before a command so that the kernel ends it when this process ends, for whatever reason. Empty where the system
 * cannot do that; then the sweep at the next start ends what is left.
 */
export function dieWithServer(searchPath: string): string[] {
  const setpriv = process.platform === 'linux' ? findCommand('setpriv', searchPath) : null;
  return setpriv ? [setpriv, '--pdeathsig', 'KILL', '--'] : [];
}
