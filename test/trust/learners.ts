/**
 * Two learners who call a product as browsers do, and what must hold after whatever a case did to it.
 */
import { afterEach, beforeAll, expect } from 'vitest';
import { apiOf, until } from '../sandbox/test-server.ts';
import type { StartedProduct } from './product.ts';
import { processesOf } from './traces.ts';
import { type Api, type Watch, watchAnswers } from './watch.ts';

/** Ada attacks; Bob is the learner beside her. */
export type Name = 'ada' | 'bob';

/** A product as a group of cases sees it. */
export interface Product extends Omit<StartedProduct, 'admit' | 'secrets'> {
  readonly watch: Watch;
  /** Every answer that comes by it is watched. */
  api(name: Name): Api;
  /** Cookie of a learner. */
  token(name: Name): string;
  /** Texts by which the processes of a learner's programs are known, collected as they become known. */
  readonly marks: Set<string>;
}

const HEALTH_LIMIT_MS = 500;
const GONE_LIMIT_MS = 5000;

/** Called once in each group of cases: admits an Ada and a Bob of this group only, and checks the product after each of its tests. */
export function withLearners(started: StartedProduct): Product {
  const watch = watchAnswers();
  const tokens = { ada: '', bob: '' };
  // The members of a started product exist inside tests and hooks only.
  const product: Product = {
    provider: started.provider,
    watch,
    marks: new Set(),
    token: (name) => tokens[name],
    api: (name) => watch.watched(apiOf({ url: started.url, token: tokens[name] })),
    get config() {
      return started.config;
    },
    get url() {
      return started.url;
    },
    get stack() {
      return started.stack;
    },
    get canaries() {
      return started.canaries;
    },
  };

  beforeAll(async () => {
    tokens.ada = await started.admit('Ada');
    tokens.bob = await started.admit('Bob');
    for (const [secret, name] of started.secrets) watch.secrets.set(secret, name);
  });
  afterEach(() => check(product));
  return product;
}

/** What the whole product must still be after a case. */
async function check(product: Product): Promise<void> {
  expect(await quickestHealth(product)).toBeLessThan(HEALTH_LIMIT_MS);
  expect(product.watch.findings.splice(0)).toEqual([]);
  expect(product.canaries.changed()).toEqual([]);
  if (product.marks.size > 0)
    await until(
      () => processesOf(...product.marks),
      (left) => left.length === 0,
      GONE_LIMIT_MS,
    );
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
