import { join } from 'node:path';
import { counted } from '#lessons/counted.ts';
import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { readProgram } from '#sandbox/catalog/read-program.ts';
import { PlatformError } from '#sandbox/errors.ts';
import { type Solution, solutionSchema } from '#sandbox/protocol/help.ts';
import type { Help } from '#sandbox/store/help.ts';
import { type Api, problems } from '../api/api.ts';
import { access, learnerOf } from '../api/caller.ts';
import { lessonOf, lessonParams } from '../api/lesson-params.ts';
import type { Services } from '../api/services.ts';

/** One solution of a lesson, for a learner who has passed it or has asked for it after the last hint. */
export function solutionRoutes(app: Api, { catalog, store }: Services): void {
  const route = { config: access('learner'), schema: { params: lessonParams, response: { 200: solutionSchema, ...problems } } };

  async function standing(learnerId: string, lesson: string): Promise<Help & { hasPassed: boolean }> {
    const found = (await store.submissions.progress(learnerId)).find((one) => one.lesson === lesson);
    return {
      hasPassed: (found?.passedAt ?? null) !== null,
      hintsShown: found?.hintsShown ?? 0,
      solutionAskedAt: found?.solutionAskedAt ?? null,
    };
  }

  app.get('/api/solutions/:module/:slug', route, async (request): Promise<Solution> => {
    const exercise = catalog.exercise(lessonOf(request.params));
    const { hasPassed, hintsShown, solutionAskedAt } = await standing(learnerOf(request).id, exercise.lesson);
    if (!hasPassed && solutionAskedAt === null) throw closed(exercise, hintsShown);
    return { files: await solutionOf(exercise), askedAt: solutionAskedAt };
  });

  app.post('/api/solutions/:module/:slug', route, async (request): Promise<Solution> => {
    const exercise = catalog.exercise(lessonOf(request.params));
    const learnerId = learnerOf(request).id;
    const { hasPassed, hintsShown, solutionAskedAt } = await standing(learnerId, exercise.lesson);
    if (hasPassed) return { files: await solutionOf(exercise), askedAt: solutionAskedAt };
    if (hintsShown < exercise.spec.hints.length) throw closed(exercise, hintsShown);
    const askedAt = await store.help.askSolution(learnerId, exercise.lesson, new Date());
    return { files: await solutionOf(exercise), askedAt };
  });
}

async function solutionOf(exercise: Exercise): Promise<Solution['files']> {
  return (await readProgram(join(exercise.dir, 'solution'), exercise)) ?? {};
}

function closed({ lesson, spec }: Exercise, hintsShown: number): PlatformError {
  const all = counted(spec.hints.length, 'hint');
  return new PlatformError('SOLUTION_CLOSED', {
    message: `The solution of ${lesson} opens once you have passed it, or once you have used all ${all} and asked for it.`,
    hint:
      hintsShown < spec.hints.length
        ? `Check your program, or open the next hint: you have used ${hintsShown} of ${spec.hints.length}.`
        : `You have used all ${all}: ask for the solution below the last one. That is recorded for this lesson.`,
  });
}
