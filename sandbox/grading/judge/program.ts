import type { GraderProgram } from '#sandbox/grading/kit/program.ts';
import type { EndedProgram } from './ipc.ts';
import type { Parent } from './parent.ts';

/** The submitted program as graders see it. */
export function createProgram(parent: Parent, files: readonly string[]): GraderProgram {
  let last: EndedProgram | null = null;
  const ended = async (program: number) => {
    last = await parent.ended(program);
    return last.result;
  };
  return {
    files,
    async run() {
      return ended(await parent.start('bounded'));
    },
    async start() {
      const program = await parent.start('live');
      return {
        kill: () => parent.kill(program),
        stop: () => parent.stop(program),
        ended: ended(program),
        jobs: () => parent.jobs(program),
      };
    },
    get result() {
      return lastOf(last).result;
    },
    get output() {
      return lastOf(last).output;
    },
    get statements() {
      return lastOf(last).statements;
    },
  };
}

function lastOf(ended: EndedProgram | null): EndedProgram {
  if (!ended) throw new Error('the grader asked how the program ended before it had run it');
  return ended;
}
