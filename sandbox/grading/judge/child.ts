/**
 * Entry of the grader's process. It is forked ahead, says that it is ready, and judges one round after another, each with the
 * credential of that round's principal. It has no other, and nothing of our environment.
 */
import { flushCompileCache } from 'node:module';
import { defineGrader, type Grader } from '#sandbox/grading/kit/grader.ts';
import { type FromGrader, type GradeRequest, toGraderSchema } from './ipc.ts';
import { createParent } from './parent.ts';
import { gradeRound } from './round.ts';

const parent = createParent(send);

process.on('message', (message) => {
  const parsed = toGraderSchema.parse(message);
  if (parsed.type === 'reply') parent.receive(parsed.id, parsed.reply);
  else void grade(parsed);
});
// Without its parent there is nobody left to judge for.
process.on('disconnect', () => process.exit());

send({ type: 'ready' });
flushCompileCache(); // at its end it is killed, and would not write it

async function grade(request: GradeRequest): Promise<void> {
  try {
    await gradeRound(request, {
      grader: await loadGrader(request.graderPath),
      parent,
      report: (verdict) => send({ type: 'verdict', verdict }),
    });
    send({ type: 'done' });
  } catch (error) {
    const { message, stack = '' } = error instanceof Error ? error : new Error(`${error}`);
    send({ type: 'failed', message, stack });
  }
}

async function loadGrader(path: string): Promise<Grader> {
  const module: { default?: unknown } = await import(path);
  if (typeof module.default !== 'function') throw new Error(`${path} has no default export made by ${defineGrader.name}()`);
  const grader = module.default;
  return async (context) => grader(context);
}

function send(message: FromGrader): void {
  process.send?.(message);
}
