import type { GraderPool } from '#sandbox/grading/grader-pool.ts';
import { GraderFault } from '#sandbox/grading/grader-process.ts';

/** What a round's grader does once the program has run: null passes every check, a text is the message of the first one's failure. */
export type FakeJudge = (round: number) => string | null;

/** Stands in for the graders' processes: each runs the program once, to its end, and then judges. */
export function fakeGraders(judge: FakeJudge = () => null): GraderPool {
  return {
    take: () => ({
      pid: 0,
      ready: Promise.resolve(),
      async judge({ round, checks }, { answer, onVerdict }) {
        const started = await answer({ name: 'start', mode: 'bounded' });
        if (!('program' in started)) throw new GraderFault('the program was not started');
        await answer({ name: 'ended', program: started.program });
        const message = judge(round);
        const [first = '', ...others] = checks;
        if (message === null) onVerdict({ id: first, status: 'pass' });
        else onVerdict({ id: first, status: 'fail', finding: { message, expected: 'e', question: 'q' } });
        for (const id of others) onVerdict({ id, status: 'pass' });
      },
      [Symbol.asyncDispose]: async () => undefined,
    }),
    [Symbol.asyncDispose]: async () => undefined,
  };
}
