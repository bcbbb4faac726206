import { type Progress, progressSchema } from '#sandbox/protocol/submission.ts';
import type { StoredProgress } from '#sandbox/store/progress.ts';
import { type Api, problems } from '../api/api.ts';
import { access, learnerOf } from '../api/caller.ts';
import type { Services } from '../api/services.ts';

export function progressRoutes(app: Api, { catalog, store }: Services): void {
  app.get(
    '/api/progress',
    { config: access('learner'), schema: { response: { 200: progressSchema, ...problems } } },
    async (request) => {
      const stored = new Map((await store.submissions.progress(learnerOf(request).id)).map((one) => [one.lesson, one]));
      const exercises = catalog.modules.flatMap(({ lessons }) => lessons.filter(({ exercise }) => exercise !== null));
      return { lessons: exercises.map(({ id }) => toWire(id, stored.get(id))) };
    },
  );
}

const NOTHING = { bestScore: null, attempts: 0, startedAt: null, passedAt: null, hintsShown: 0, solutionAskedAt: null };

function toWire(lesson: string, stored: StoredProgress | undefined): Progress['lessons'][number] {
  if (!stored) return { ...NOTHING, lesson, state: 'not-started' };
  return { ...stored, state: stored.passedAt === null ? 'started' : 'passed' };
}
