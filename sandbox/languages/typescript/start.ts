import type { StartedProgram, StartRequest } from '../contract/program.ts';
import { brokersOf, clusterEnvironment, programFiles } from './program-files.ts';

/** What `cluster.ts` says a second before the time is over, if the program ever lets anything else run. */
const STILL_OPEN = 'still open: ';
/** What a shell gives for a program that SIGKILL ended: 128 and the signal's number. */
const KILLED = 137;

/** Runs a program in its workspace. The program ends on its own, bounded or not. */
export function startTypescript(request: StartRequest): StartedProgram {
  const { exercise, files, data, lent, tenant, topics, limits, onOutput, signal, stop } = request;
  const { workspace, otherBrokers } = lent;
  if (!workspace) throw new Error('a program in TypeScript was started without the workspace that it needs');
  let tellsWhatIsOpen = false;
  const killing = new AbortController();
  let next = 0;
  const program = {
    files: programFiles(exercise, files, data),
    entry: exercise.spec.files[0] ?? '',
    env: clusterEnvironment({ ...brokersOf(workspace, otherBrokers), tenant, topics, timeLimitMs: limits.timeMs }),
  };
  const follow: StartRequest['onOutput'] = (chunk) => {
    next = chunk.seq + 1;
    tellsWhatIsOpen ||= chunk.text.includes(STILL_OPEN);
    onOutput(chunk);
  };
  const run = async () => {
    const endNow = AbortSignal.any([signal, killing.signal]);
    const result = await workspace.run(program, { limits, onOutput: follow, signal: endNow, stop });
    if (result.kind === 'cancelled' && !signal.aborted)
      return { kind: 'exited' as const, exitCode: KILLED, durationMs: result.durationMs };
    if (result.kind === 'timed-out' && !tellsWhatIsOpen && hasImported(program.files[program.entry]))
      onOutput({ seq: next, stream: 'system', text: '\nnever paused in its last second\n', atMs: result.durationMs });
    return result;
  };
  return {
    ended: run(),
    jobs: async () => [],
    statements: () => [],
    kill: async () => {
      killing.abort();
      return true;
    },
    followed: null,
  };
}

/** Returns whether `cluster.ts` had run before any line of the learner's own. */
function hasImported(text = ''): boolean {
  return /^import [^'"]*['"]\.\/cluster\.ts['"]/m.test(text);
}
