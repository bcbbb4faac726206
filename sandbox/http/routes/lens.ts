import { z } from 'zod';
import {
  lensGroupsSchema,
  lensHistorySchema,
  lensJobsSchema,
  lensRecordsSchema,
  lensTopicsSchema,
} from '#sandbox/protocol/lens.ts';
import { type Api, problems } from '../api/api.ts';
import { access, learnerOf } from '../api/caller.ts';
import type { Services } from '../api/services.ts';

const topicParams = z.strictObject({ name: z.string().max(100) });
const recordsQuery = z.strictObject({
  partition: z.coerce.number().int().min(0).max(10_000),
  offset: z
    .string()
    .regex(/^\d{1,18}$/, 'must be a whole number')
    .default('0'),
});

export function lensRoutes(app: Api, { lens }: Services): void {
  app.get(
    '/api/lens/topics',
    { config: access('learner'), schema: { response: { 200: lensTopicsSchema, ...problems } } },
    (request) => lens.topics(learnerOf(request).id),
  );

  app.get(
    '/api/lens/topics/:name/records',
    {
      config: access('learner'),
      schema: { params: topicParams, querystring: recordsQuery, response: { 200: lensRecordsSchema, ...problems } },
    },
    (request) => {
      const { partition, offset } = request.query;
      return lens.records(learnerOf(request).id, { topic: request.params.name, partition, offset: BigInt(offset) });
    },
  );

  app.get(
    '/api/lens/groups',
    { config: access('learner'), schema: { response: { 200: lensGroupsSchema, ...problems } } },
    (request) => lens.groups(learnerOf(request).id),
  );

  app.get(
    '/api/lens/jobs',
    { config: access('learner'), schema: { response: { 200: lensJobsSchema, ...problems } } },
    (request) => lens.jobs(learnerOf(request).id),
  );

  app.get(
    '/api/lens/history',
    { config: access('learner'), schema: { response: { 200: lensHistorySchema, ...problems } } },
    (request) => lens.history(learnerOf(request).id),
  );
}
