import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { learn } from './learner/learn.ts';
import { LESSONS } from './learner/lessons.ts';
import { startRealProduct } from './learner/real-product.ts';
import { watchPage } from './page-watch.ts';

let browser: Browser;
let product: Awaited<ReturnType<typeof startRealProduct>>;

beforeAll(async () => {
  browser = await launchBrowser();
  product = await startRealProduct('process');
});
afterAll(async () => {
  await browser?.close();
  await product?.[Symbol.asyncDispose]();
});

test.each(LESSONS)(
  '$id is learned on a real Kafka and Flink: typed wrong, failed, hinted, mended, run and passed',
  { timeout: 400_000 },
  async (lesson) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    const seen = await watchPage(page, product.url);
    await learn(page, product.url, lesson);
    expect(seen).toEqual({ errors: [], foreign: [] });
    await context.close();
  },
);
