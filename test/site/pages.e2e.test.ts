import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { provenLessons } from '../../site/publish/proven-lessons.ts';
import { provenText } from '../../site/src/course/proven-by.ts';
import { launchBrowser } from './browser.ts';
import { axeViolations, layoutShifts, type Seen, watchPage } from './page-watch.ts';
import { startSiteServer } from './site-server.ts';

const PAGES = ['/', '/lessons/log/append/', '/lessons/log/keys/', '/diagnoses/', '/diagnoses/missing-key/', '/glossary/'];
const WIDTHS = [1440, 390];
const THEMES = ['light', 'dark'] as const;

let server: Awaited<ReturnType<typeof startSiteServer>>;
let browser: Browser;
/** A visitor who has the fonts already. */
let visitor: BrowserContext;

beforeAll(async () => {
  server = await startSiteServer();
  browser = await launchBrowser();
  visitor = await browser.newContext();
  const page = await visitor.newPage();
  await page.goto(`${server.url}/lessons/log/keys/`);
  await page.evaluate(() => document.fonts.ready);
  await page.close();
});

afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

/** Opens a page as somebody new and waits until it has settled. */
async function open(path: string, options: BrowserContextOptions = {}): Promise<{ page: Page; seen: Seen }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const seen = await watchPage(page, server.url);
  await page.goto(server.url + path);
  if (options.javaScriptEnabled !== false) await settled(page);
  return { page, seen };
}

/** The fonts are there and the server's state stands in the bar. */
async function settled(page: Page): Promise<void> {
  await page.waitForSelector('#sandbox-state[data-state]');
  await page.evaluate(() => document.fonts.ready);
}

describe.each(PAGES)('%s', (path) => {
  describe.each(WIDTHS)('at %i', (width) => {
    test.each(THEMES)('in %s is accessible and as wide as the screen, without layout shifts or errors', async (theme) => {
      const page = await visitor.newPage();
      await page.setViewportSize({ width, height: 844 });
      await page.emulateMedia({ colorScheme: theme });
      const seen = await watchPage(page, server.url);
      await page.goto(server.url + path);
      await settled(page);
      expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe(theme);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      expect(await layoutShifts(page)).toEqual([]);
      expect(await axeViolations(page)).toEqual([]);
      expect(seen).toEqual({ errors: [], foreign: [] });
      await page.close();
    });
  });
});

test.each(WIDTHS)('a lesson hardly shifts at %i when its fonts arrive', async (width) => {
  const { page } = await open('/lessons/log/keys/', { viewport: { width, height: 844 } });
  const shifts = await layoutShifts(page);
  expect(
    shifts.reduce((sum, shift) => sum + Number.parseFloat(shift), 0),
    shifts.join('\n'),
  ).toBeLessThan(0.05);
  await page.context().close();
});

describe('the theme', () => {
  test('follows the system until the learner uses the switch, and keeps the choice', async () => {
    const { page } = await open('/', { colorScheme: 'light' });
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(theme).toBe('dark');
    await page.getByRole('button', { name: 'Light' }).click();
    await expect.poll(theme).toBe('light');
    await page.reload();
    expect(await theme()).toBe('light');
    await page.getByRole('button', { name: 'Dark' }).click();
    await page.emulateMedia({ colorScheme: 'light' });
    await expect.poll(theme).toBe('light');
    await page.context().close();
  });

  test('is set before the first paint', async () => {
    const { page } = await open('/', { colorScheme: 'dark' });
    const head = await page.evaluate(() => [...document.head.children].map((element) => element.tagName));
    expect(head.indexOf('SCRIPT')).toBeLessThan(head.indexOf('LINK'));
    await page.context().close();
  });
});

test('a page has a policy that allows no inline scripts but its own', async () => {
  const response = await fetch(`${server.url}/lessons/log/keys/`);
  const policy = response.headers.get('content-security-policy') ?? '';
  const scripts = policy.split('; ').find((directive) => directive.startsWith('script-src'));
  expect(scripts).toMatch(/^script-src 'self'( 'sha256-[^']+')+$/);
  expect(policy).toContain("default-src 'none'");
});

test('a lesson can be read without JavaScript, in the colours of the system', async () => {
  const { page } = await open('/lessons/log/keys/', { javaScriptEnabled: false, colorScheme: 'dark' });
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Same key, same partition');
  expect(await page.getByRole('link', { name: 'A1 Append and read the coordinates' }).count()).toBeGreaterThan(0);
  expect(await page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor)).toBe('rgb(23, 29, 28)');
  expect(await page.locator('#theme-switch').isVisible()).toBe(false);
  await page.context().close();
});

test('a lesson ends with what proves its grader, when its record says so', async () => {
  const proven = await provenLessons(join(PROJECT_DIR, 'lessons'));
  const { page } = await open('/lessons/log/keys/', { javaScriptEnabled: false });
  const keys = proven['log/keys'];
  expect(await page.locator('#text .proven').allTextContents()).toEqual(keys ? [provenText(keys)] : []);
  await page.context().close();
});

test('the first Tab reaches a link that skips the bar', async () => {
  const { page } = await open('/lessons/log/keys/');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
  await page.context().close();
});

test('a click on a term opens its explanation, and Escape closes it', async () => {
  const { page } = await open('/lessons/log/append/', { viewport: { width: 390, height: 844 } });
  const term = page.locator('.term').first();
  const note = page.locator('.term-note').first();
  await term.click();
  await expect.poll(() => note.isVisible()).toBe(true);
  const box = await note.boundingBox();
  expect(box!.x).toBeGreaterThanOrEqual(0);
  expect(box!.x + box!.width).toBeLessThanOrEqual(390);
  await page.keyboard.press('Escape');
  await expect.poll(() => note.isVisible()).toBe(false);
  await page.context().close();
});

test('an unknown address returns 404 with a page that links home', async () => {
  const { page } = await open('/lessons/log/nothing/');
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Page not found');
  await page.getByRole('link', { name: 'find all lessons on the map' }).click();
  await page.waitForURL(`${server.url}/`);
  await page.context().close();
});

test('no link is broken', async () => {
  const { page } = await open('/');
  const found = new Set<string>(['/']);
  for (const path of found) {
    const response = await page.request.get(server.url + path);
    expect(response.status(), path).toBe(200);
    const html = await response.text();
    for (const [, href] of html.matchAll(/<a [^>]*href="(\/[^"#]*)/g)) found.add(href!);
  }
  expect(found.size).toBeGreaterThan(25);
  await page.context().close();
});

test('after a lesson is passed, the home page shows it and links to the next one', async () => {
  const { page } = await open('/lessons/log/append/');
  await page.evaluate(async () => {
    const headers = { 'content-type': 'application/json' };
    const files = { 'main.ts': '// an answer' };
    const answer = await fetch('/api/submissions', {
      method: 'POST',
      headers,
      body: JSON.stringify({ lesson: 'log/append', files }),
    });
    if (!answer.ok) throw new Error(await answer.text());
  });
  await expect
    .poll(async () => (await (await page.request.get(`${server.url}/api/progress`)).text()).includes('"passed"'))
    .toBe(true);
  await page.goto(`${server.url}/`);
  await page.getByRole('link', { name: 'Go on with A2: Same key, same partition' }).waitFor();
  expect(await page.getByRole('link', { name: /^A1 Append and read the coordinates.*passed$/ }).count()).toBe(1);
  await page.goto(`${server.url}/lessons/log/keys/`);
  await page.getByRole('link', { name: /^A1 Append and read the coordinates.*passed$/ }).waitFor();
  await page.context().close();
});
