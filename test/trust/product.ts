/**
 * The product as `npm start` starts it, once for all groups of a test file. Learners are admitted by the group: see `learners.ts`.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type Server, startServer } from '#sandbox/app/server.ts';
import { openStack, type Stack } from '#sandbox/app/stack.ts';
import { type Config, LIMITS, readConfig } from '#sandbox/config.ts';
import { identifyByToken, installationToken } from '#sandbox/identity/local-token.ts';
import type { Learner } from '#sandbox/protocol/learner.ts';
import { openStore } from '#sandbox/store/store.ts';
import { buildSite } from '../../site/build.ts';
import { type TemporaryHome, temporaryHome, UNPACED } from '../sandbox/temporary-home.ts';
import { type Canaries, placeCanaries } from './canaries.ts';
import { type LessonsOfAll, lessonsOfAll } from './lessons-of-all.ts';

export type Provider = Config['provider'];

/** A started product. Its members may be used inside tests and hooks. */
export interface StartedProduct {
  readonly provider: Provider;
  readonly config: Config;
  readonly url: string;
  readonly stack: Stack;
  readonly canaries: Canaries;
  /** Texts that no answer may hold, each with the name that a finding gives it. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Adds a learner of this name whom nobody has seen before, and returns the learner's cookie. */
  admit(name: string): Promise<string>;
}

export interface ProductOptions {
  /** `built`: the pages of the project. Else a few files in their place. */
  site?: 'built';
}

/** Called once at the top of a test file. Its lessons are those of `lessonsOfAll`. */
export function productFixture(provider: Provider, { site }: ProductOptions = {}): StartedProduct {
  const guests = new Map<string, Learner>();
  const secrets = new Map<string, string>();
  let home: TemporaryHome;
  let lessons: LessonsOfAll;
  let config: Config;
  let server: Server;
  let stack: Stack;
  let canaries: Canaries;

  beforeAll(async () => {
    home = temporaryHome();
    lessons = lessonsOfAll();
    config = {
      ...home.config,
      provider,
      lessonsDir: lessons.dir,
      siteDir: site === 'built' ? readConfig().siteDir : home.config.siteDir,
      limits: { ...LIMITS, pace: UNPACED, submissions: { count: 1000, windowMs: 60_000 } },
    };
    canaries = placeCanaries(config.home);
    linkArtifacts(config.home);
    const local = identifyByToken(installationToken(join(config.home, 'token')));
    server = await startServer(config, {
      port: 0,
      prepare: async () => {
        if (site === 'built') await buildSite({ onProgress: () => undefined });
      },
      parts: {
        identify: (cookies) => {
          const guest = Object.values(cookies).map((cookie) => guests.get(cookie ?? ''));
          return guest.find(Boolean) ?? local(cookies);
        },
        open: async (options) => {
          stack = await openStack(options);
          return stack;
        },
      },
    });
    await server.ready;
    secrets.set(canaries.secret, 'a canary').set(stack.broker.admin.password, "the broker's password");
    secrets.set(server.token, 'the token of the installation');
  }, 240_000);

  afterAll(async () => {
    await server?.close();
    canaries?.[Symbol.dispose]();
    lessons?.[Symbol.dispose]();
    home?.[Symbol.dispose]();
  }, 60_000);

  return {
    provider,
    secrets,
    get config() {
      return config;
    },
    get url() {
      return server.url;
    },
    get stack() {
      return stack;
    },
    get canaries() {
      return canaries;
    },
    async admit(name) {
      const token = randomBytes(32).toString('base64url');
      const learner = { id: `${name.toLowerCase()}-${randomUUID()}`, name, role: 'learner' as const };
      await using store = await openStore(join(config.home, 'streamwright.sqlite'));
      await store.learners.ensure(learner, new Date());
      guests.set(token, learner);
      secrets.set(token, `the token of ${name}`);
      return token;
    },
  };
}

/** What was fetched is fetched once for all homes. */
function linkArtifacts(home: string): void {
  const artifacts = join(readConfig().home, 'artifacts');
  if (existsSync(artifacts)) symlinkSync(artifacts, join(home, 'artifacts'));
  else mkdirSync(join(home, 'artifacts'));
}
