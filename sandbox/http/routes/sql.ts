import { sqlCheckedSchema, sqlCheckSchema, sqlCompleteSchema, sqlCompletionsSchema } from '#sandbox/protocol/sql.ts';
import { requireHelp } from '#sandbox/runs/sql-help.ts';
import { type Api, problems } from '../api/api.ts';
import { access, learnerOf } from '../api/caller.ts';
import { checkEditable } from '../api/editable-files.ts';
import type { Services } from '../api/services.ts';

export function sqlRoutes(app: Api, { catalog, sqlHelp }: Services): void {
  const exerciseOf = ({ lesson, files }: { lesson: string; files: Record<string, string> }) => {
    const exercise = catalog.exercise(lesson);
    requireHelp(exercise);
    checkEditable(exercise, files);
    return exercise;
  };

  app.post(
    '/api/sql/check',
    { config: access('learner'), schema: { body: sqlCheckSchema, response: { 200: sqlCheckedSchema, ...problems } } },
    (request) => sqlHelp.check(learnerOf(request).id, exerciseOf(request.body), request.body.files),
  );

  app.post(
    '/api/sql/complete',
    { config: access('learner'), schema: { body: sqlCompleteSchema, response: { 200: sqlCompletionsSchema, ...problems } } },
    (request) => sqlHelp.complete(learnerOf(request).id, exerciseOf(request.body), request.body),
  );
}
