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
/** One answer may be late, or the ping of the broker in it, when the machine has other work. */
const HEALTHY_LIMIT_MS = 20_000;
const GONE_LIMIT_MS = 5000;

/** Called once in each group of cases: admits an Ada and a Bob of this group only, and checks the product after each of its tests. */
export function withLearners(started: StartedProduct): Product {
  const watch = watchAnswers();
  const tokens = { ada: '', bob: '' };
  let incarnation = '';
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
    incarnation = started.stack.broker.incarnation;
  });
  afterEach(() => check(product, incarnation));
  return product;
}

/** What the whole product must still be after a case: well, and on the same start of its broker. */
async function check(product: Product, incarnation: string): Promise<void> {
  await until(() => healthOf(product), isWell, HEALTHY_LIMIT_MS);
  expect(product.stack.broker.incarnation).toBe(incarnation);
  expect(product.watch.findings.splice(0)).toEqual([]);
  expect(product.canaries.changed()).toEqual([]);
  if (product.marks.size > 0)
    await until(
      () => processesOf(...product.marks),
      (left) => left.length === 0,
      GONE_LIMIT_MS,
    );
}

async function healthOf(product: Product) {
  const begin = performance.now();
  const { body } = await product.api('ada')('GET', '/api/health');
  return { tookMs: performance.now() - begin, status: body.status, kafka: body.services.kafka };
}

function isWell({ tookMs, status, kafka }: Awaited<ReturnType<typeof healthOf>>): boolean {
  return tookMs < HEALTH_LIMIT_MS && status === 'ok' && kafka === 'ready';
}
