import { execFileSync } from 'node:child_process';
import { PROJECT_DIR } from '#sandbox/config.ts';

/** Without Git, as in an unpacked archive, every run draws the same programs. */
const WITHOUT_GIT = 'no commit';

/** Returns the hash of the commit that is checked out. */
export function commitHash(): string {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd: PROJECT_DIR,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return WITHOUT_GIT;
  }
}
