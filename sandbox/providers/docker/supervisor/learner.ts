/**
 * The user of the learner's processes: different from the supervisor's, without any privilege.
 */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const LEARNER = '10002';
const OOM_SCORE_FILE = '/proc/self/oom_score_adj';
/**
 * When memory runs out, the kernel ends processes with this score before the supervisor. A program may lower it: then the server asks the
 * engine why the container ended.
 */
const FIRST_TO_GO = '800';
const ownScore = readFileSync(OOM_SCORE_FILE, 'latin1');

const BECOME_LEARNER = [
  ...[`--reuid=${LEARNER}`, `--regid=${LEARNER}`, '--clear-groups', '--no-new-privs'],
  ...['--inh-caps=-all', '--ambient-caps=-all', '--bounding-set=-all', '--'],
];

/** Starts a command as the learner. */
export function spawnAsLearner(command: readonly string[], options: SpawnOptions): ChildProcess {
  writeFileSync(OOM_SCORE_FILE, FIRST_TO_GO);
  try {
    return spawn('/usr/bin/setpriv', [...BECOME_LEARNER, ...command], { ...options, detached: true });
  } finally {
    writeFileSync(OOM_SCORE_FILE, ownScore);
  }
}
