/**
 * Every setting of the product, with a default that works on a laptop. Only this file reads the environment.
 */
import { availableParallelism, totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** Top folder of the project. */
export const PROJECT_DIR = dirname(dirname(fileURLToPath(import.meta.url)));

/** An address without a path, as a browser names a site: `https://learn.example.org`. */
const publicAddress = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isSite =
    url && ['http:', 'https:'].includes(url.protocol) && [url.origin, `${url.origin}/`].includes(text.trim().toLowerCase());
  if (isSite) return url.origin;
  context.addIssue({
    code: 'custom',
    message: 'expected an address like https://learn.example.org, without path, user or query',
  });
  return z.NEVER;
});

const environmentSchema = z.object({
  /** Port of `npm start`; 0 takes a free one. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(4321),
  /**
   * Address at which a proxy or tunnel shows this server, such as `https://learn.example.org`, besides its own on this machine. The proxy
   * must pass the Host header. Whoever can open that address is the learner, so it needs a login in front of it.
   */
  STREAMWRIGHT_URL: publicAddress.optional(),
  /** Database, fetched artifacts, logs, lock. */
  STREAMWRIGHT_HOME: z.string().min(1).default(join(PROJECT_DIR, '.streamwright')),
  /** Where services and programs run; `auto` is `docker` where a container engine responds, else `process`. */
  STREAMWRIGHT_PROVIDER: z.enum(['auto', 'process', 'docker']).default('auto'),
  /** Range of private addresses that no other network of the machine uses; each container network takes 16 of them. */
  STREAMWRIGHT_SUBNETS: z.cidrv4().default('10.201.0.0/16'),
  /** Workspaces kept warm from the start, for a class of that many learners, as far as memory allows. */
  STREAMWRIGHT_WARM: z.coerce.number().int().min(0).max(1000).default(0),
  /** `no`: the start and the tests install no packages of the machine, and print the command instead. */
  STREAMWRIGHT_INSTALL: z.enum(['yes', 'no']).default('yes'),
  /** A Java >= 21 to prefer over those on PATH and in the system's folders. */
  JAVA_HOME: z.string().optional(),
  /** `debug` shows every request; the default shows what an operator needs. */
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Folder in which the user typed `npm run …`; relative paths on the command line count from there. */
  INIT_CWD: z.string().optional(),
  PATH: z.string().default(''),
});

export interface Config {
  port: number;
  /** The site's other address, behind a proxy or tunnel: `https://learn.example.org`; null where there is none. */
  publicUrl: string | null;
  home: string;
  /** Folder with the modules of lessons. */
  lessonsDir: string;
  /** Folder with the built site. */
  siteDir: string;
  provider: z.infer<typeof environmentSchema>['STREAMWRIGHT_PROVIDER'];
  subnets: string;
  /** Images that replace those that are built here, by the variables that name them: `STREAMWRIGHT_KAFKA_IMAGE`. */
  images: Readonly<Record<string, string>>;
  /** The environment's settings for package clients: proxies, indexes, certificates. Builds of images get the same. */
  clientEnvironment: Readonly<Record<string, string>>;
  /** The environment of tools that run on this machine, with UTF-8 as their encoding whatever the user's is. */
  toolEnvironment: NodeJS.ProcessEnv;
  /** Whether packages of the machine may be installed, as root on Debian or Ubuntu. */
  mayInstall: boolean;
  warmWorkspaces: number;
  javaHome: string | undefined;
  path: string;
  userDir: string;
  logLevel: z.infer<typeof environmentSchema>['LOG_LEVEL'];
  limits: Limits;
}

/** What one learner, one machine and one server may use. */
export const LIMITS = {
  program: { timeMs: 20_000, memoryMb: 256, processes: 128, outputBytes: 64 * 1024 },
  /** Run programs that start at the same time. Loading Node and its client keeps a core busy, so a whole class together would time out. */
  starting: {
    atOnce: 2 * availableParallelism(),
    /** After this time a program counts as started. */
    forMs: 3000,
  },
  bodyBytes: 1024 * 1024,
  submissions: { count: 10, windowMs: 10 * 60_000 },
  /** Calls of one learner, several times what a page makes while somebody types, runs and checks as fast as a person can. */
  pace: {
    runs: { count: 10, windowMs: 20_000 },
    checks: { count: 30, windowMs: 60_000 },
    saves: { count: 60, windowMs: 20_000 },
    breaks: { count: 20, windowMs: 20_000 },
  },
  leaseIdleMs: 30 * 60_000,
  /** Sandboxes kept ready ahead of demand. */
  spareTenants: 2,
  /** For providers where opening a workspace takes time, as a container does. */
  workspaces: {
    /** Free workspaces kept warm: at least this many, and at most the next number when many are wanted. */
    spares: 2,
    mostSpares: 8,
    /** Opened at the same time: each keeps a core busy. */
    mostStarting: Math.max(1, availableParallelism()),
    /** Opened regardless of free memory. */
    least: Math.max(2, availableParallelism()),
    /** Memory left for the programs in them, a quarter of a class at a time; less on a small machine. */
    reserveMb: 4096,
  },
  /** Submissions graded at the same time. */
  gradingConcurrency: Math.max(1, Math.floor(availableParallelism() / 2)),
  /** The grader's process, in addition to the time of its programs. */
  graderMs: 30_000,
  kafka: {
    bytesPerSecond: 1_000_000,
    requestPercent: 25,
    topicBytes: 50_000_000,
    /** Of one tenant, over all its topics. */
    tenantBytes: 200_000_000,
    /** Of all tenants together; no new topics are created above 80 % of it. */
    allBytes: 8_000_000_000,
    /** Kept free on the broker's disk. */
    freeBytes: 1_000_000_000,
  },
  /** A learner's own brokers, for lessons that operate them. */
  dedicated: {
    /** Topics and partitions created, changed or removed, on average. */
    mutationsPerSecond: 5,
    nodeMb: 200,
    /** Of all of them together. */
    memoryMb: Math.max(600, Math.floor(totalmem() / 1024 / 1024 / 4)),
  },
  flink: {
    heapMb: 320,
    /** Of one JVM: enough for the learner's own jobs and those of one Check, each as parallel as a lesson may set it. */
    slots: 16,
    /** Jobs of one session. */
    maxJobs: 4,
    statementBytes: 64 * 1024,
    runMs: 10 * 60_000,
    /** JVMs kept warm ahead of demand, once one has been requested. */
    spares: 1,
    /** JVMs at the same time, including spares: each takes up to 700 MB. */
    cap: Math.max(2, Math.floor(totalmem() / 1024 / 1024 / 1000)),
  },
  /** Time in which the server ends all work in progress after SIGTERM. */
  stopMs: 10_000,
};

export type Limits = typeof LIMITS;

/**
 * Returns the settings of this process.
 * @throws Error naming the variable, what was expected and what was found
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = String(issue?.path[0]);
    throw new Error(`${name}=${environment[name]}: ${issue?.message}. Hint: unset it or set it to a value that README.md lists.`);
  }
  const values = parsed.data;
  if (UNREADABLE.test(`${resolve(values.STREAMWRIGHT_HOME)}/`)) {
    throw new Error(
      `STREAMWRIGHT_HOME=${values.STREAMWRIGHT_HOME}: Java cannot read jars in a folder whose name contains an emoji or ends with "!". Hint: rename that folder, or set STREAMWRIGHT_HOME to another one.`,
    );
  }
  const unnamed = Object.keys(environment).find((name) => IMAGE_VARIABLE.test(name) && environment[name] === '');
  if (unnamed) throw new Error(`${unnamed} is empty. Hint: unset it or set it to the name of an image.`);
  return {
    port: values.PORT,
    publicUrl: values.STREAMWRIGHT_URL ?? null,
    home: resolve(values.STREAMWRIGHT_HOME),
    lessonsDir: join(PROJECT_DIR, 'lessons'),
    siteDir: join(PROJECT_DIR, 'site/dist'),
    provider: values.STREAMWRIGHT_PROVIDER,
    subnets: values.STREAMWRIGHT_SUBNETS,
    images: variablesOf(environment, [IMAGE_VARIABLE]),
    clientEnvironment: variablesOf(environment, CLIENT_VARIABLES),
    toolEnvironment: { ...environment, LC_ALL: 'C.UTF-8' },
    mayInstall: values.STREAMWRIGHT_INSTALL === 'yes',
    warmWorkspaces: values.STREAMWRIGHT_WARM,
    javaHome: values.JAVA_HOME,
    path: values.PATH,
    userDir: values.INIT_CWD ?? process.cwd(),
    logLevel: values.LOG_LEVEL,
    limits: LIMITS,
  };
}

/** Returns the variable that names an image to replace the one that is built here. */
export function imageVariable(image: string): string {
  return `STREAMWRIGHT_${image.toUpperCase().replaceAll('-', '_')}_IMAGE`;
}

/** What Java writes wrongly into the address of a jar: letters beyond 16 bits, and the mark that ends the name of an archive. */
const UNREADABLE = /!\/|[\u{10000}-\u{10ffff}]/u;
/** One for workspaces, and one per service. */
const IMAGE_VARIABLE = /^STREAMWRIGHT_[A-Z0-9_]+_IMAGE$/;
const CLIENT_VARIABLES = [
  /^(https?|all|no)_proxy$/i,
  /^PIP_(INDEX_URL|EXTRA_INDEX_URL|TRUSTED_HOST|PROXY|CERT|DEFAULT_TIMEOUT|RETRIES|CONFIG_FILE)$/,
  /^(NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|CURL_CA_BUNDLE|REQUESTS_CA_BUNDLE)$/,
];

function variablesOf(environment: NodeJS.ProcessEnv, names: readonly RegExp[]): Record<string, string> {
  const entries = Object.entries(environment).flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  return Object.fromEntries(entries.filter(([name]) => names.some((pattern) => pattern.test(name))));
}

/**
 * Sets what Testcontainers reads only from the environment. Its own remover of containers, an image from a hub, is off; and the server
 * reaches published ports on loopback, even when it runs in a container that has the engine's socket and the host's network.
 */
export function prepareTestcontainers(environment: NodeJS.ProcessEnv = process.env): void {
  environment.TESTCONTAINERS_RYUK_DISABLED = 'true';
  environment.TESTCONTAINERS_HOST_OVERRIDE ??= '127.0.0.1';
}
