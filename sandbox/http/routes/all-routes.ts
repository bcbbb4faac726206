import type { Api } from '../api/api.ts';
import type { Services } from '../api/services.ts';
import { draftRoutes } from './drafts.ts';
import { eventRoutes } from './events.ts';
import { healthRoutes } from './health.ts';
import { hintRoutes } from './hints.ts';
import { lensRoutes } from './lens.ts';
import { lessonRoutes } from './lessons.ts';
import { openApiRoutes } from './openapi.ts';
import { progressRoutes } from './progress.ts';
import { runRoutes } from './runs.ts';
import { sandboxRoutes } from './sandbox.ts';
import { solutionRoutes } from './solutions.ts';
import { sqlRoutes } from './sql.ts';
import { submissionRoutes } from './submissions.ts';

/** Every route of the API, in the order of `/api/openapi.json`. */
export const ALL_ROUTES: readonly ((app: Api, services: Services) => void)[] = [
  healthRoutes,
  lessonRoutes,
  draftRoutes,
  sandboxRoutes,
  runRoutes,
  sqlRoutes,
  submissionRoutes,
  hintRoutes,
  solutionRoutes,
  progressRoutes,
  lensRoutes,
  eventRoutes,
  openApiRoutes,
];
