/**
 * Every setting of the product, with the default that works on a laptop. The only file that reads the environment.
 */
import { availableParallelism, totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** Top folder of the project. */
export const PROJECT_DIR = dirname(dirname(fileURLToPath(import.meta.url)));

const environmentSchema = z.object({
  /** Port of `npm start`; 0 takes a free one. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(4321),
  /** Database, fetched artifacts, logs, lock. */
  STREAMWRIGHT_HOME: z.string().min(1).default(join(PROJECT_DIR, '.streamwright')),
  /** Where services and programs run. */
  STREAMWRIGHT_PROVIDER: z.enum(['process']).default('process'),
  /** A Java >= 21 to prefer over the ones on PATH and in the system's folders. */
  JAVA_HOME: z.string().optional(),
  /** `debug` shows every request; the default shows what an operator needs. */
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Folder in which the user typed `npm run …`; relative paths on the command line count from there. */
  INIT_CWD: z.string().optional(),
  PATH: z.string().default(''),
});

export interface Config {
  port: number;
  home: string;
  /** Folder with the modules of lessons. */
  lessonsDir: string;
  /** Folder with the built site. */
  siteDir: string;
  provider: 'process';
  javaHome: string | undefined;
  path: string;
  userDir: string;
  logLevel: z.infer<typeof environmentSchema>['LOG_LEVEL'];
  limits: Limits;
}

/** Defaults of design section 9. */
export const LIMITS = {
  program: { timeMs: 20_000, memoryMb: 256, processes: 128, outputBytes: 64 * 1024 },
  bodyBytes: 1024 * 1024,
  submissions: { count: 10, windowMs: 10 * 60_000 },
  leaseIdleMs: 30 * 60_000,
  /** Sandboxes kept ready ahead of demand. */
  spareTenants: 2,
  /** Submissions graded at the same time. */
  gradingConcurrency: Math.max(1, Math.floor(availableParallelism() / 2)),
  /** The grader's process, beyond the time its programs may take. */
  graderMs: 30_000,
  kafka: { bytesPerSecond: 1_000_000, requestPercent: 25, topicBytes: 50_000_000 },
  flink: {
    heapMb: 320,
    /** Of one JVM: enough for the learner's own jobs and those of one Check, each as wide as a lesson may set it. */
    slots: 16,
    /** Jobs of one session. */
    maxJobs: 4,
    statementBytes: 64 * 1024,
    runMs: 10 * 60_000,
    /** JVMs kept warm ahead of demand, once one was asked for. */
    spares: 1,
    /** JVMs at the same time, spares counted: each takes up to 700 MB. */
    cap: Math.max(2, Math.floor(totalmem() / 1024 / 1024 / 1000)),
  },
  /** Time in which the server ends what is under way after SIGTERM. */
  stopMs: 10_000,
};

export type Limits = typeof LIMITS;

/**
 * The settings of this process.
 * @throws Error naming the variable, what was expected and what came
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = String(issue?.path[0]);
    throw new Error(`${name}=${environment[name]}: ${issue?.message}. Hint: unset it or set it to a value that README.md lists.`);
  }
  const values = parsed.data;
  return {
    port: values.PORT,
    home: resolve(values.STREAMWRIGHT_HOME),
    lessonsDir: join(PROJECT_DIR, 'lessons'),
    siteDir: join(PROJECT_DIR, 'site/dist'),
    provider: values.STREAMWRIGHT_PROVIDER,
    javaHome: values.JAVA_HOME,
    path: values.PATH,
    userDir: values.INIT_CWD ?? process.cwd(),
    logLevel: values.LOG_LEVEL,
    limits: LIMITS,
  };
}
