/**
 * The whole server: what `npm start` and the tests run.
 */

import { join } from 'node:path';
import { counted } from '#lessons/counted.ts';
import { loadCatalog } from '#sandbox/catalog/load.ts';
import type { Config } from '#sandbox/config.ts';
import type { GradeOnce } from '#sandbox/grading/queued-grade.ts';
import type { RouteAccess } from '#sandbox/http/access.ts';
import { createApp } from '#sandbox/http/app.ts';
import { createEventBus } from '#sandbox/http/events/bus.ts';
import { checkPort, listen } from '#sandbox/http/listen.ts';
import type { Identify } from '#sandbox/identity/identify.ts';
import { identifyByToken, installationToken, LOCAL_LEARNER } from '#sandbox/identity/local-token.ts';
import type { Languages } from '#sandbox/languages/languages.ts';
import { openStore } from '#sandbox/store/store.ts';
import { openGrading } from './grading.ts';
import { openHealth } from './health.ts';
import { openLog } from './log.ts';
import { newId } from './new-id.ts';
import { openParts, type Parts, type StandIns } from './parts.ts';
import { openSandboxes } from './sandboxes.ts';
import type { Stack, StackOptions } from './stack.ts';

export interface Server {
  /** `http://127.0.0.1:4321` */
  url: string;
  /** Value of the cookie that the API requires. */
  token: string;
  /** Every route with who may call it. */
  routes: readonly RouteAccess[];
  /** Broken lessons, each with file, key, what was expected and what was found. */
  lessonProblems: readonly string[];
  /** Settles when Kafka is ready. @throws PlatformError SERVICE_NOT_READY when it could not be started */
  ready: Promise<void>;
  /** Stops everything in order; a grading in progress is repeated at the next start. */
  close(): Promise<void>;
}

export interface ServerOptions extends Pick<StackOptions, 'onProgress' | 'onService'> {
  /** 0 takes a free port. */
  port: number;
  /** Called before it listens, while Kafka starts: builds the site. */
  prepare?: () => Promise<void>;
  /** Replaces the server's own parts in tests. */
  parts?: ServerStandIns;
}

interface ServerStandIns extends StandIns {
  grade?: GradeOnce<Stack>;
  languages?: Languages;
  /** Replaces the one learner of local mode. Each learner that it returns must be in the database. */
  identify?: Identify;
}

/**
 * Starts the server. It listens before Kafka is up.
 *
 * @throws Error with a hint: a damaged database, a port in use
 */
export async function startServer(config: Config, options: ServerOptions): Promise<Server> {
  const { port, onProgress, onService, prepare, parts: { grade, languages, identify, ...standIns } = {} } = options;
  await checkPort(port);
  await using resources = new AsyncDisposableStack();
  const log = resources.use(openLog(join(config.home, 'logs', 'server.log')));
  const store = resources.use(await openStore(join(config.home, 'streamwright.sqlite')));
  await store.learners.ensure(LOCAL_LEARNER, new Date());
  const dir = join(config.home, 'stack');
  const onFault = log.fault;
  const graders = grade ? 0 : 1;
  const parts = resources.use(await openParts({ config, dir, onProgress, onService, onFault, graders, ...standIns }));
  const catalog = await loadCatalog(config.lessonsDir);
  await prepare?.();

  const bus = createEventBus(newId());
  const { publish, isListening } = bus;
  const { submissions, runs: kept } = store;
  const sandboxes = resources.use(await openSandboxes({ config, parts, publish, kept, onFault, languages }));
  const queue = resources.use(await openGrading({ config, parts, catalog, log, submissions, publish, isListening, grade }));
  const token = installationToken(join(config.home, 'token'));
  const app = await createApp({
    ...{ config, catalog, store, queue, bus, token, newId, log },
    ...sandboxes,
    health: openHealth({ ...parts, providerName: config.provider }),
    identify: identify ?? identifyByToken(token),
  });
  resources.defer(() => app.close());
  const url = await listen(app, port);

  const ready = parts.stack.ready().then(() => warmUp(parts, config, onProgress));
  ready.catch((error) => log.fault('Kafka could not be started', error));
  const lessonProblems = catalog.problems.map(({ message }) => message);
  const all = resources.move();
  return { url, token, routes: app.routeAccess(), lessonProblems, ready, close: () => all.disposeAsync() };
}

/** Prepares what the first learners need, ahead of demand. */
function warmUp({ spares, workspaces }: Parts, { warmWorkspaces }: Config, say: ServerOptions['onProgress']): void {
  spares.fill();
  workspaces.warm();
  if (warmWorkspaces > 0) {
    workspaces.raise(warmWorkspaces, (count) =>
      say?.(`${count} of ${counted(warmWorkspaces, 'sandbox is', 'sandboxes are')} warm`),
    );
  }
}
