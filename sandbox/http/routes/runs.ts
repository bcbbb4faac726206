import { z } from 'zod';
import { breakRequestSchema, runBreakSchema } from '#sandbox/protocol/break.ts';
import { idSchema, lessonIdSchema } from '#sandbox/protocol/identifiers.ts';
import { lastRunSchema, runSchema, runStartedSchema, startRunSchema } from '#sandbox/protocol/run.ts';
import { type Api, problems } from '../api/api.ts';
import { access, learnerOf } from '../api/caller.ts';
import { checkEditable } from '../api/editable-files.ts';
import { paced } from '../api/pace.ts';
import type { Services } from '../api/services.ts';

const params = z.strictObject({ id: idSchema });

const listQuery = z.strictObject({ lesson: lessonIdSchema });
const TOO_FAST = { what: 'runs', hint: 'Wait some seconds, then run again: a new run ends the one before it anyway.' };

const BROKEN_TOO_OFTEN = { what: 'breaks', hint: 'Wait some seconds, and see what becomes of what was broken.' };

export function runRoutes(app: Api, { catalog, runs, config }: Services): void {
  app.post(
    '/api/runs',
    {
      config: { ...access('learner'), ...paced(config.limits.pace.runs, TOO_FAST) },
      schema: { body: startRunSchema, response: { 202: runStartedSchema, ...problems } },
    },
    async (request, reply) => {
      const exercise = catalog.exercise(request.body.lesson);
      checkEditable(exercise, request.body.files);
      return reply.code(202).send({ runId: runs.start(learnerOf(request).id, exercise, request.body.files) });
    },
  );

  app.get(
    '/api/runs',
    { config: access('learner'), schema: { querystring: listQuery, response: { 200: lastRunSchema, ...problems } } },
    (request) => runs.ofLesson(learnerOf(request).id, request.query.lesson),
  );

  const one = { config: access('learner'), schema: { params, response: { 200: runSchema, ...problems } } };
  app.get('/api/runs/:id', one, (request) => runs.recall(learnerOf(request).id, request.params.id));
  app.delete('/api/runs/:id', one, (request) => runs.stop(learnerOf(request).id, request.params.id));

  app.post(
    '/api/runs/:id/breaks',
    {
      config: { ...access('learner'), ...paced(config.limits.pace.breaks, BROKEN_TOO_OFTEN) },
      schema: { params, body: breakRequestSchema, response: { 200: runBreakSchema, ...problems } },
    },
    (request) => runs.breakIt(learnerOf(request).id, request.params.id, request.body),
  );
}
