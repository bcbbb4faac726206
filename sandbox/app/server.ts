/**
 * The whole server from its parts: what `npm start` and the tests run.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { loadCatalog } from '#sandbox/catalog/load.ts';
import type { Config } from '#sandbox/config.ts';
import { gradeSubmission } from '#sandbox/grading/grade.ts';
import { openGraderPool } from '#sandbox/grading/grader-pool.ts';
import { openQueue } from '#sandbox/grading/queue.ts';
import { type GradeOnce, gradeOnStack } from '#sandbox/grading/queued-grade.ts';
import { createApp } from '#sandbox/http/app.ts';
import { createEventBus } from '#sandbox/http/event-bus.ts';
import { checkPort, listen } from '#sandbox/http/listen.ts';
import type { Identify } from '#sandbox/identity/identify.ts';
import { identifyByToken, installationToken, LOCAL_LEARNER } from '#sandbox/identity/local-token.ts';
import type { Languages } from '#sandbox/languages/languages.ts';
import { type DedicatedPool, openDedicatedPool } from '#sandbox/leases/dedicated-pool.ts';
import type { FlinkPool } from '#sandbox/leases/flink-pool.ts';
import { openLeases } from '#sandbox/leases/leases.ts';
import { type PendingStack, pendingStack } from '#sandbox/leases/pending-stack.ts';
import { type ProviderWatch, watchProvider } from '#sandbox/leases/provider-watch.ts';
import { keepSpares, type TenantSpares } from '#sandbox/leases/tenant-spares.ts';
import { openWorkspacePool, type WorkspacePool } from '#sandbox/leases/workspace-pool.ts';
import type { SandboxProvider } from '#sandbox/providers/provider.ts';
import { openRunLens } from '#sandbox/runs/run-lens.ts';
import { openRuns } from '#sandbox/runs/runs.ts';
import { openSqlHelp } from '#sandbox/runs/sql-help.ts';
import { openStartGate } from '#sandbox/runs/start-gate.ts';
import { openStore } from '#sandbox/store/store.ts';
import { openFlinks } from './flinks.ts';
import { askServices } from './health.ts';
import { type Log, openLog } from './log.ts';
import { openStack, type Stack, type StackOptions } from './stack.ts';

export interface Server {
  /** `http://127.0.0.1:4321` */
  url: string;
  /** Value of the cookie that the API asks for. */
  token: string;
  /** Lessons that are broken, each with file, key, what was expected and what came. */
  lessonProblems: readonly string[];
  /** Settles when Kafka can be used. @throws PlatformError SERVICE_NOT_READY when it could not be started */
  ready: Promise<void>;
  /** Stops everything in order; what is being graded then is graded at the next start. */
  close(): Promise<void>;
}

/** The parts of the stack that the server uses, on whatever provider. */
export type ServerStack = Omit<Stack, 'provider'> & { provider: SandboxProvider };

export interface ServerOptions {
  /** 0 takes a free one. */
  port: number;
  /** Said to a human while it starts. */
  onProgress?: (message: string) => void;
  /** Told each service process that is started, for the instance file. */
  onService?: (name: string, pid: number) => void;
  /** Done before it listens, beside the start of Kafka: the build of the site. */
  prepare?: () => Promise<void>;
  /** What tests put in place of the broker, the Flinks, the grader, the languages, and who calls. */
  parts?: {
    open?: (options: StackOptions) => Promise<ServerStack>;
    flinks?: FlinkPool;
    grade?: GradeOnce<ServerStack>;
    languages?: Languages;
    /** Instead of the one learner of local mode. Each learner that it gives must be in the database. */
    identify?: Identify;
  };
}

/**
 * Starts the server. It listens before Kafka is up.
 *
 * @throws Error that says what to do: a damaged database, a port that is taken
 */
export async function startServer(config: Config, options: ServerOptions): Promise<Server> {
  await checkPort(options.port);
  await using resources = new AsyncDisposableStack();
  const log = resources.use(openLog(join(config.home, 'logs', 'server.log')));
  const store = resources.use(await openStore(join(config.home, 'streamwright.sqlite')));
  await store.learners.ensure(LOCAL_LEARNER, new Date());
  const stack = beginStack(config, options, resources);
  const catalog = await loadCatalog(config.lessonsDir);
  await options.prepare?.();

  const bus = createEventBus(newId());
  const flinks = beginFlinks({ config, stack, log, resources, options });
  const dedicated = beginDedicated({ config, stack, log, resources, options });
  const watch = resources.use(watchProvider({ stack }));
  const workspaces = beginWorkspaces({ config, stack, watch, log, resources });
  const { languages } = options.parts ?? {};
  const sandboxes = openSandboxes({
    ...{ config, stack, flinks, dedicated, workspaces, log, publish: bus.publish, languages, resources },
  });
  const { leases, spares, lens, runs, sqlHelp } = sandboxes;
  const noteUngraded = (error: unknown, submissionId: string) => log.fault('a grading met a fault', error, { submissionId });
  const grade =
    options.parts?.grade ?? openGrader({ config, spares, flinks, dedicated, workspaces, onFault: noteUngraded, resources });
  const queue = resources.use(
    await openQueue({
      submissions: store.submissions,
      grade: gradeOnStack({ stack, watch, catalog, grade, onFault: noteUngraded }),
      concurrency: config.limits.gradingConcurrency,
      publish: bus.publish,
      onFault: noteUngraded,
    }),
  );
  const token = installationToken(join(config.home, 'token'));
  const identify = options.parts?.identify ?? identifyByToken(token);
  const health = askServices({ stack, flinks, workspaces, watch, providerName: config.provider });
  const services = { config, catalog, store, leases, runs, lens, sqlHelp, queue, bus, health, identify, token, newId, log };
  const app = await createApp(services);
  resources.defer(() => app.close());
  const url = await listen(app, options.port);

  const ready = stack.ready().then(() => {
    spares.fill();
    workspaces.warm();
    if (config.warmWorkspaces > 0) workspaces.raise(config.warmWorkspaces, tellWarm(config.warmWorkspaces, options.onProgress));
  });
  ready.catch((error) => log.fault('Kafka could not be started', error));
  const lessonProblems = catalog.problems.map(({ message }) => message);
  const all = resources.move();
  return { url, token, lessonProblems, ready, close: () => all.disposeAsync() };
}

/** Starts Kafka beside everything else, and stops it with the server, also in the middle of its start. */
function beginStack(config: Config, { onProgress, onService, parts }: ServerOptions, resources: AsyncDisposableStack) {
  const stopped = new AbortController();
  const open = parts?.open ?? openStack;
  const openClean = async () => {
    const stack = await open({ config, dir: join(config.home, 'stack'), onProgress, onService, signal: stopped.signal });
    await stack.tenancy.sweep([]);
    return stack;
  };
  const opening = openClean();
  resources.defer(async () => {
    stopped.abort(new Error('the server stops'));
    const stack = await opening.catch(() => null);
    await stack?.[Symbol.asyncDispose]();
  });
  return pendingStack<ServerStack>(opening);
}

function tellWarm(wanted: number, say: ServerOptions['onProgress']) {
  return (count: number) => say?.(`${count} of ${wanted} sandboxes are warm`);
}

interface WorkspaceParts extends Pick<FlinkParts, 'config' | 'stack' | 'log' | 'resources'> {
  watch: ProviderWatch;
}

function beginWorkspaces({ config, stack, watch, log, resources }: WorkspaceParts): WorkspacePool {
  const onFault = (error: unknown) => log.fault('a workspace met a fault', error);
  return resources.use(openWorkspacePool({ stack, watch, limits: config.limits.workspaces, onFault }));
}

interface FlinkParts {
  config: Config;
  stack: PendingStack<ServerStack>;
  log: Log;
  resources: AsyncDisposableStack;
  options: ServerOptions;
}

function beginFlinks({ config, stack, log, resources, options }: FlinkParts): FlinkPool {
  const { onService, parts } = options;
  const flinks =
    parts?.flinks ??
    openFlinks({
      config,
      dir: join(config.home, 'stack'),
      stack: () => stack.ready(),
      onService,
      onFault: (error) => log.fault('a Flink met a fault', error),
    });
  return resources.use(flinks);
}

function beginDedicated({ config, stack, log, resources, options: { onService } }: FlinkParts): DedicatedPool {
  return resources.use(
    openDedicatedPool({
      limits: config.limits,
      dir: join(config.home, 'stack'),
      stack: () => stack.ready(),
      onService,
      onFault: (error) => log.fault("a learner's own Kafka met a fault", error),
    }),
  );
}

interface SandboxParts {
  config: Config;
  stack: PendingStack<ServerStack>;
  flinks: FlinkPool;
  dedicated: DedicatedPool;
  workspaces: WorkspacePool;
  log: Log;
  languages: Languages | undefined;
  publish: ReturnType<typeof createEventBus>['publish'];
  resources: AsyncDisposableStack;
}

function openSandboxes({ config, stack, flinks, dedicated, workspaces, log, publish, languages, resources }: SandboxParts) {
  const note = (what: string) => (error: unknown) => log.fault(what, error);
  const { limits } = config;
  const spares = keepSpares({ stack, count: limits.spareTenants, onFault: note('a spare tenant could not be made') });
  const now = () => performance.now();
  const onFault = note('a lease could not be ended');
  const leases = resources.use(
    openLeases({ stack, spares, flinks, dedicated, workspaces, idleMs: limits.leaseIdleMs, now, onFault }),
  );
  const lens = openRunLens({ stack, publish, onFault: note('the lens stopped following a run') });
  const runs = resources.use(
    openRuns({
      stack,
      leases,
      limits: limits.program,
      gate: openStartGate(limits.starting),
      sqlLimits: limits.flink,
      publish,
      newId,
      onTopics: lens.follow,
      onJobs: lens.followJobs,
      onFault: note('a run met a fault'),
      table: languages,
    }),
  );
  const sqlHelp = openSqlHelp({ leases, onFault: note('no sandbox could be made for a check'), table: languages });
  return { leases, spares, lens, runs, sqlHelp };
}

interface GraderParts {
  config: Config;
  spares: TenantSpares;
  flinks: FlinkPool;
  dedicated: DedicatedPool;
  workspaces: WorkspacePool;
  onFault: (error: unknown, submissionId: string) => void;
  resources: AsyncDisposableStack;
}

function openGrader({ config, spares, flinks, dedicated, workspaces, onFault, resources }: GraderParts): GradeOnce<ServerStack> {
  const graders = resources.use(openGraderPool());
  return ({ provider, tenancy, kafka }, exercise, { id, files, submittedAt }, hooks) =>
    gradeSubmission({
      ...hooks,
      exercise,
      files,
      submissionId: id,
      queuedAt: new Date(submittedAt),
      provider,
      tenancy,
      kafka,
      graders,
      flink: flinks,
      dedicated,
      workspaces,
      tenants: () => spares.take(hooks.signal),
      config,
      onFault: (error) => onFault(error, id),
    });
}

/** 120 random bits: nobody guesses an id, and ids tell nothing about each other. */
const newId = () => randomBytes(15).toString('base64url');
