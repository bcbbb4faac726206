import type { SqlJob } from '#sandbox/grading/kit/program.ts';
import type { BrokerCallName, Call, EndedProgram, FromGrader, ProgramMode, Reply } from './ipc.ts';

/** The server, seen from the grader's process: it runs the submitted program, and has its broker. */
export interface Parent {
  start(mode: ProgramMode): Promise<number>;
  ended(program: number): Promise<EndedProgram>;
  kill(program: number): Promise<void>;
  stop(program: number): Promise<void>;
  jobs(program: number): Promise<SqlJob[]>;
  /** Kills or starts a broker of the exercise's own. */
  changeBroker(name: BrokerCallName, broker: number): Promise<void>;
  /** Takes the answer to a call. */
  receive(id: number, reply: Reply): void;
}

export function createParent(send: (message: FromGrader) => void): Parent {
  const waiting = new Map<number, (reply: Reply) => void>();
  let calls = 0;
  const call = (what: Call) =>
    new Promise<Reply>((resolve) => {
      calls += 1;
      waiting.set(calls, resolve);
      send({ type: 'call', id: calls, call: what });
    });
  return {
    async start(mode) {
      const reply = await call({ name: 'start', mode });
      if (!('program' in reply)) throw new Error('the server answered a start with something else');
      return reply.program;
    },
    async ended(program) {
      const reply = await call({ name: 'ended', program });
      if (!('ended' in reply)) throw new Error('the server answered for an ended program with something else');
      return reply.ended;
    },
    async jobs(program) {
      const reply = await call({ name: 'jobs', program });
      if (!('jobs' in reply)) throw new Error('the server answered for jobs with something else');
      return reply.jobs;
    },
    async kill(program) {
      await call({ name: 'kill', program });
    },
    async stop(program) {
      await call({ name: 'stop', program });
    },
    async changeBroker(name, broker) {
      await call({ name, broker });
    },
    receive(id, reply) {
      waiting.get(id)?.(reply);
      waiting.delete(id);
    },
  };
}
