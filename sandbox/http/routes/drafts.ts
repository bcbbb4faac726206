import { z } from 'zod';
import { PlatformError } from '#sandbox/errors.ts';
import { draftSchema, putDraftSchema } from '#sandbox/protocol/draft.ts';
import { type Api, problems } from '../api/api.ts';
import { access, learnerOf } from '../api/caller.ts';
import { checkEditable } from '../api/editable-files.ts';
import { lessonOf, lessonParams } from '../api/lesson-params.ts';
import { paced } from '../api/pace.ts';
import type { Services } from '../api/services.ts';

/** The version that an edit started from, as an entity tag: `"3"`. */
const ifMatch = z
  .string({ error: 'is missing; send the version that the edit started from: "0" for the first save' })
  .regex(/^"\d{1,15}"$/, 'must be the version that the edit started from, in quotes: "3"');
const putHeaders = z.object({ 'if-match': ifMatch });

const TOO_FAST = { what: 'saves', hint: 'The text stays in this browser, which saves it by itself in a few seconds.' };

export function draftRoutes(app: Api, { catalog, store, config }: Services): void {
  const response = { 200: draftSchema, ...problems };

  app.get(
    '/api/drafts/:module/:slug',
    { config: access('learner'), schema: { params: lessonParams, response } },
    async (request, reply) => {
      const exercise = catalog.exercise(lessonOf(request.params));
      const draft = await store.drafts.read(learnerOf(request).id, exercise.lesson);
      reply.header('etag', `"${draft.version}"`);
      return draft;
    },
  );

  app.put(
    '/api/drafts/:module/:slug',
    {
      config: { ...access('learner'), ...paced(config.limits.pace.saves, TOO_FAST) },
      schema: { params: lessonParams, headers: putHeaders, body: putDraftSchema, response },
    },
    async (request, reply) => {
      const exercise = catalog.exercise(lessonOf(request.params));
      const { files } = request.body;
      checkEditable(exercise, files);
      const basedOn = Number(request.headers['if-match'].slice(1, -1));
      const outcome = await store.drafts.save({
        learnerId: learnerOf(request).id,
        lesson: exercise.lesson,
        files,
        basedOn,
        now: new Date(),
      });
      if ('conflict' in outcome) {
        throw new PlatformError('DRAFT_CONFLICT', {
          message: `This draft was saved elsewhere in the meantime: version ${outcome.conflict.version} is stored, yours is based on ${basedOn}.`,
          hint: 'Choose one of the two, then save with If-Match of the stored version. Nothing has been overwritten.',
          details: outcome.conflict,
        });
      }
      reply.header('etag', `"${outcome.saved.version}"`);
      return outcome.saved;
    },
  );
}
