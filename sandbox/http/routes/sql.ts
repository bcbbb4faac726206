import { sqlCheckedSchema, sqlCheckSchema, sqlCompleteSchema, sqlCompletionsSchema } from '#sandbox/protocol/sql.ts';
import { requireHelp } from '#sandbox/runs/sql-help.ts';
import { type Api, learnerOf, problems } from '../api.ts';
import { checkEditable } from '../editable-files.ts';
import type { Services } from '../services.ts';

export function sqlRoutes(app: Api, { catalog, sqlHelp }: Services): void {
  const exerciseOf = ({ lesson, files }: { lesson: string; files: Record<string, string> }) => {
    const exercise = catalog.exercise(lesson);
    requireHelp(exercise);
    checkEditable(exercise, files);
    return exercise;
  };

  app.post('/api/sql/check', { schema: { body: sqlCheckSchema, response: { 200: sqlCheckedSchema, ...problems } } }, (request) =>
    sqlHelp.check(learnerOf(request).id, exerciseOf(request.body), request.body.files),
  );

  app.post(
    '/api/sql/complete',
    { schema: { body: sqlCompleteSchema, response: { 200: sqlCompletionsSchema, ...problems } } },
    (request) => sqlHelp.complete(learnerOf(request).id, exerciseOf(request.body), request.body),
  );
}
