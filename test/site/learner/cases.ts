import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StartedProduct } from '../../trust/product.ts';
import { launchBrowser } from '../browser.ts';
import { watchPage } from '../page-watch.ts';
import { type LessonToLearn, learn } from './learn.ts';

/** Lessons learned in a browser on a real Kafka and Flink, by the one learner of the installation. */
export function learnerCases(product: Pick<StartedProduct, 'url'>, lessons: readonly LessonToLearn[]): void {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => browser?.close());

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
