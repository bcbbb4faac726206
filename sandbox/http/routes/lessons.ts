import { z } from 'zod';
import type { Lesson } from '#sandbox/catalog/catalog.ts';
import { exerciseView } from '#sandbox/catalog/exercise-view.ts';
import { exerciseViewSchema, type LessonSummary, lessonSummarySchema } from '#sandbox/protocol/lesson.ts';
import { type Api, problems } from '../api/api.ts';
import { access } from '../api/caller.ts';
import { lessonOf, lessonParams } from '../api/lesson-params.ts';
import type { Services } from '../api/services.ts';

export function lessonRoutes(app: Api, { catalog, config }: Services): void {
  app.get(
    '/api/lessons',
    { config: access('learner'), schema: { response: { 200: z.array(lessonSummarySchema), ...problems } } },
    () => catalog.modules.flatMap(({ lessons }) => lessons.map(summary)),
  );

  app.get(
    '/api/lessons/:module/:slug',
    { config: access('learner'), schema: { params: lessonParams, response: { 200: exerciseViewSchema, ...problems } } },
    (request) => exerciseView(catalog.exercise(lessonOf(request.params)), config.limits),
  );
}

function summary({ id, module, frontMatter, exercise }: Lesson): LessonSummary {
  const { title, summary, minutes, requires } = frontMatter;
  return { id, module, title, summary, minutes, requires, hasExercise: exercise !== null };
}
