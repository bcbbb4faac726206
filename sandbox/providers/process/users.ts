import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** User ids that systemd's documentation ("Users, Groups, UIDs and GIDs on systemd Systems") lists as unused. */
const FIRST_UID = 60_578;
const LAST_UID = 61_183;

/** User ids for programs, a different one for each simultaneous run, so that no run can signal another or use up its processes. */
export class UserPool {
  readonly #taken = new Set<number>();

  /** Takes a user id until it is disposed. */
  take(): Disposable & { uid: number } {
    const count = LAST_UID - FIRST_UID + 1;
    if (this.#taken.size >= count) throw new Error(`all ${count} user ids for programs are in use`);
    let uid = randomInt(FIRST_UID, LAST_UID + 1);
    while (this.#taken.has(uid)) uid = uid === LAST_UID ? FIRST_UID : uid + 1;
    this.#taken.add(uid);
    return { uid, [Symbol.dispose]: () => this.#taken.delete(uid) };
  }
}

/** Returns whether this process is root and may become one of these users: in some containers only few ids exist. */
export function mayBecomeOtherUsers(): boolean {
  if (process.getuid?.() !== 0 || process.platform !== 'linux') return false;
  const ranges = readFileSync('/proc/self/uid_map', 'utf8').trim().split('\n');
  return ranges.some((line) => {
    const [first = 0, , count = 0] = line.trim().split(/\s+/).map(Number);
    return first <= FIRST_UID && LAST_UID < first + count;
  });
}
