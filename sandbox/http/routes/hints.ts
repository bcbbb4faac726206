import { counted } from '#lessons/counted.ts';
import { PlatformError } from '#sandbox/errors.ts';
import { showHintsSchema } from '#sandbox/protocol/help.ts';
import { type Api, problems } from '../api/api.ts';
import { access, learnerOf } from '../api/caller.ts';
import { lessonOf, lessonParams } from '../api/lesson-params.ts';
import type { Services } from '../api/services.ts';

export function hintRoutes(app: Api, { catalog, store }: Services): void {
  app.put(
    '/api/hints/:module/:slug',
    {
      config: access('learner'),
      schema: { params: lessonParams, body: showHintsSchema, response: { 200: showHintsSchema, ...problems } },
    },
    async (request) => {
      const { lesson, spec } = catalog.exercise(lessonOf(request.params));
      const learnerId = learnerOf(request).id;
      const { shown } = request.body;
      if (shown > spec.hints.length) throw noSuchHint(lesson, spec.hints.length);
      const progress = await store.submissions.progress(learnerId);
      const checks = progress.find((one) => one.lesson === lesson)?.attempts ?? 0;
      if (shown > checks + 1) throw closed(lesson, shown, checks);
      return { shown: await store.help.showHints(learnerId, lesson, shown, new Date()) };
    },
  );
}

function noSuchHint(lesson: string, count: number): PlatformError {
  return new PlatformError('INVALID_INPUT', {
    message: `body.shown: ${lesson} has ${counted(count, 'hint')}`,
    hint: `Send a number from 1 to ${count}.`,
  });
}

function closed(lesson: string, shown: number, checks: number): PlatformError {
  return new PlatformError('HINT_CLOSED', {
    message: `Hint ${shown} of ${lesson} opens after ${counted(shown - 1, 'check')}; you have had ${checks}.`,
    hint: 'Check your program first: a failed check shows what to think about.',
  });
}
