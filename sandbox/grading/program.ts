import type { GraderProgram } from './api.ts';
import type { EndedProgram } from './ipc.ts';
import type { Parent } from './parent.ts';

/** The submitted program as graders see it. */
export function createProgram(parent: Parent): GraderProgram {
  let last: EndedProgram | null = null;
  const ended = async (program: number) => {
    last = await parent.ended(program);
    return last.result;
  };
  return {
    async run() {
      return ended(await parent.start());
    },
    async start() {
      const program = await parent.start();
      return { kill: () => parent.kill(program), ended: ended(program) };
    },
    get result() {
      return lastOf(last).result;
    },
    get output() {
      return lastOf(last).output;
    },
  };
}

function lastOf(ended: EndedProgram | null): EndedProgram {
  if (!ended) throw new Error('the grader asked how the program ended before it had run it');
  return ended;
}
