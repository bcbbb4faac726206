import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Config } from '#sandbox/config.ts';
import { launchBrowser } from '../browser.ts';
import { watchPage } from '../page-watch.ts';
import { type LessonToLearn, learn } from './learn.ts';
import { startRealProduct } from './real-product.ts';

/** Lessons learned in a browser on a real Kafka and Flink; called at the top of a test file. */
export function learnWith(provider: Config['provider'], lessons: readonly LessonToLearn[]): void {
  let browser: Browser;
  let product: Awaited<ReturnType<typeof startRealProduct>>;

  beforeAll(async () => {
    browser = await launchBrowser();
    product = await startRealProduct(provider);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.[Symbol.asyncDispose]();
  });

  test.each(lessons)(
    '$id: a wrong program fails, a hint opens, the solution runs and passes',
    { timeout: 400_000 },
    async (lesson) => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      const seen = await watchPage(page, product.url);
      await learn(page, product.url, lesson);
      // A network that the engine makes is a change of this machine's networks, at which Chromium breaks off what it is loading.
      const errors = seen.errors.filter((error) => !error.includes('net::ERR_NETWORK_CHANGED'));
      expect({ ...seen, errors }).toEqual({ errors: [], foreign: [] });
      await context.close();
    },
  );
}
