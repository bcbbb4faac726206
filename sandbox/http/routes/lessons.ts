import { z } from 'zod';
import type { Lesson } from '#sandbox/catalog/catalog.ts';
import { exerciseView } from '#sandbox/catalog/exercise-view.ts';
import { exerciseViewSchema, type LessonSummary, lessonSummarySchema } from '#sandbox/protocol/lesson.ts';
import { type Api, lessonOf, lessonParams, problems } from '../api.ts';
import type { Services } from '../services.ts';

export function lessonRoutes(app: Api, { catalog, config }: Services): void {
  app.get('/api/lessons', { schema: { response: { 200: z.array(lessonSummarySchema), ...problems } } }, () =>
    catalog.modules.flatMap(({ lessons }) => lessons.map(summary)),
  );

  app.get(
    '/api/lessons/:module/:slug',
    { schema: { params: lessonParams, response: { 200: exerciseViewSchema, ...problems } } },
    (request) => exerciseView(catalog.exercise(lessonOf(request.params)), config.limits),
  );
}

function summary({ id, module, frontMatter, exercise }: Lesson): LessonSummary {
  const { title, summary, minutes, requires } = frontMatter;
  return { id, module, title, summary, minutes, requires, hasExercise: exercise !== null };
}
