import { z } from 'zod';
import { PlatformError } from '#sandbox/errors.ts';
import type { Api } from '../api/api.ts';
import { access, learnerOf } from '../api/caller.ts';
import type { Services } from '../api/services.ts';
import { streamEvents } from '../events/stream.ts';
import { eventFilter } from '../events/topics.ts';

const querystring = z.strictObject({ topics: z.string().max(1000).default('run,submission,lens') });
/** A browser opens at most six connections to the server, and some learners use several browsers. */
const MAX_STREAMS = 32;

export function eventRoutes(app: Api, { bus }: Services): void {
  app.get('/api/events', { config: access('learner'), schema: { querystring } }, (request, reply) => {
    const learnerId = learnerOf(request).id;
    const wants = eventFilter(request.query.topics);
    if (bus.add(learnerId, reply.raw) > MAX_STREAMS) {
      throw new PlatformError('TOO_MANY_REQUESTS', {
        message: `You already have ${MAX_STREAMS} event streams open.`,
        hint: 'Close some pages of this address; one stream per page is enough.',
      });
    }
    streamEvents(request, reply, { ring: bus.ring(learnerId), wants });
  });
}
