/**
 * The product as `npm start` starts it, for one test file, with two learners that call it as browsers do; and what must hold after
 * whatever a case did to it.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type Server, startServer } from '#sandbox/app/server.ts';
import { openStack, type Stack } from '#sandbox/app/stack.ts';
import { type Config, LIMITS, PROJECT_DIR, readConfig } from '#sandbox/config.ts';
import { identifyByToken, installationToken } from '#sandbox/identity/local-token.ts';
import { openStore } from '#sandbox/store/store.ts';
import { type TemporaryHome, temporaryHome } from '../sandbox/temporary-home.ts';
import { apiOf, until } from '../sandbox/test-server.ts';
import { type Canaries, placeCanaries } from './canaries.ts';
import { PROBE_LESSONS } from './probe-lesson.ts';
import { processesOf } from './traces.ts';
import { type Api, type Watch, watchAnswers } from './watch.ts';

export type Provider = Config['provider'];

/** Ada attacks; Bob is the learner beside her. */
export type Name = 'ada' | 'bob';

export interface Product {
  readonly provider: Provider;
  readonly config: Config;
  readonly url: string;
  readonly stack: Stack;
  readonly canaries: Canaries;
  readonly watch: Watch;
  /** Every answer that comes by it is watched. */
  api(name: Name): Api;
  /** Cookie of a learner. */
  token(name: Name): string;
  /** Texts by which the processes of a learner's programs are known, collected as they become known. */
  readonly marks: Set<string>;
  /** What the whole product must still be after a case. */
  check(): Promise<void>;
}

export interface ProductOptions {
  /** `probe`: one lesson for attacks. `real`: the lessons of the project. `fixtures`: those of `test/fixtures/lessons`. */
  lessons: 'probe' | 'real' | 'fixtures';
  /** Files of lessons besides. */
  extra?: Readonly<Record<string, string>>;
}

const LESSON_FOLDERS = { real: 'lessons', fixtures: 'test/fixtures/lessons' };
const BOB = { id: 'bob', name: 'Bob', role: 'learner' as const };
const HEALTH_LIMIT_MS = 500;
const GONE_LIMIT_MS = 5000;

/** Called once at the top of a test file: one product a file, checked after each test. */
export function productFixture(provider: Provider, { lessons, extra = {} }: ProductOptions): Product {
  const watch = watchAnswers();
  const marks = new Set<string>();
  const tokens = { ada: '', bob: randomBytes(32).toString('base64url') };
  let home: TemporaryHome;
  let config: Config;
  let server: Server;
  let stack: Stack;
  let canaries: Canaries;

  beforeAll(async () => {
    home = temporaryHome({ ...PROBE_LESSONS, ...extra });
    config = {
      ...home.config,
      provider,
      lessonsDir: lessons === 'probe' ? home.config.lessonsDir : join(PROJECT_DIR, LESSON_FOLDERS[lessons]),
      limits: { ...LIMITS, submissions: { count: 1000, windowMs: 60_000 } },
    };
    canaries = placeCanaries(config.home);
    const artifacts = join(readConfig().home, 'artifacts');
    if (existsSync(artifacts)) symlinkSync(artifacts, join(config.home, 'artifacts'));
    else mkdirSync(join(config.home, 'artifacts'));
    tokens.ada = installationToken(join(config.home, 'token'));
    const local = identifyByToken(tokens.ada);
    await using store = await openStore(join(config.home, 'streamwright.sqlite'));
    await store.learners.ensure(BOB, new Date());
    server = await startServer(config, {
      port: 0,
      parts: {
        identify: (cookies) => (cookies.streamwright === tokens.bob ? BOB : local(cookies)),
        open: async (options) => {
          stack = await openStack(options);
          return stack;
        },
      },
    });
    await server.ready;
    const secrets = watch.secrets.set(canaries.secret, 'a canary').set(stack.broker.admin.password, "the broker's password");
    for (const name of ['ada', 'bob'] as const) secrets.set(tokens[name], `the token of ${name}`);
  }, 240_000);

  afterEach(() => product.check());

  afterAll(async () => {
    await server?.close();
    canaries?.[Symbol.dispose]();
    home?.[Symbol.dispose]();
  }, 60_000);

  const product: Product = {
    provider,
    get config() {
      return config;
    },
    watch,
    marks,
    get url() {
      return server.url;
    },
    get stack() {
      return stack;
    },
    get canaries() {
      return canaries;
    },
    token: (name) => tokens[name],
    api: (name) => watch.watched(apiOf({ url: server.url, token: tokens[name] })),
    async check() {
      expect(await quickestHealth(product)).toBeLessThan(HEALTH_LIMIT_MS);
      expect(watch.findings.splice(0)).toEqual([]);
      expect(canaries.changed()).toEqual([]);
      if (marks.size > 0)
        await until(
          () => processesOf(...marks),
          (left) => left.length === 0,
          GONE_LIMIT_MS,
        );
    },
  };
  return product;
}

/** Milliseconds of the best of three answers: one may have met the garbage collector of this very process. */
async function quickestHealth(product: Product): Promise<number> {
  const times: number[] = [];
  for (let attempt = 0; attempt < 3; attempt++) {
    const begin = performance.now();
    const { body } = await product.api('ada')('GET', '/api/health');
    times.push(performance.now() - begin);
    expect(body).toMatchObject({ status: 'ok', services: { kafka: 'ready' } });
  }
  return Math.min(...times);
}
