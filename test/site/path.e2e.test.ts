/** Home: the way through the course, as the server knows it. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { eventually } from './exercise/lesson-page.ts';
import { startSiteServer } from './site-server.ts';

let server: Awaited<ReturnType<typeof startSiteServer>>;
let browser: Browser;

beforeAll(async () => {
  server = await startSiteServer();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

async function openHome(width: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${server.url}/`);
  return page;
}

/** The server that these tests start passes every check. */
async function pass(page: Page, lesson: string): Promise<void> {
  const status = await page.evaluate(async (id) => {
    const file = id.startsWith('flink-sql/') ? 'main.sql' : 'main.ts';
    const body = JSON.stringify({ lesson: id, files: { [file]: `-- ${id}` } });
    return (await fetch('/api/submissions', { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status;
  }, lesson);
  expect(status).toBe(202);
  await eventually(async () => (await (await page.request.get(`${server.url}/api/progress`)).json()).lessons).toContainEqual(
    expect.objectContaining({ lesson, state: 'passed' }),
  );
}

test('arrows move the focus along the lanes and between them, and Enter opens the lesson', async () => {
  const page = await openHome(1440);
  const focused = () => page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.lesson ?? null);
  await page.locator('[data-lesson="log/append"]').focus();
  for (const [key, lesson] of [
    ['ArrowRight', 'log/keys'],
    ['ArrowDown', 'flink-sql/tumble'],
    ['ArrowRight', 'flink-sql/upsert'],
    ['ArrowRight', 'flink-sql/upsert'],
    ['ArrowUp', 'log/from-beginning'],
  ] as const) {
    await page.keyboard.press(key);
    expect(await focused()).toBe(lesson);
  }
  await page.keyboard.press('Enter');
  await page.waitForURL(`${server.url}/lessons/log/from-beginning/`);
  await page.context().close();
});

test.each([
  [1440, { lists: 2, columns: 1, names: 6 }],
  [768, { lists: 2, columns: 2, names: 3 }],
  [390, { lists: 2, columns: 1, names: 3 }],
])('at %i the path fits, with the names of the module in which the learner is', async (width, wanted) => {
  const page = await openHome(width);
  await eventually(() => page.locator('[data-count]').first().textContent()).toMatch(/^\d of \d$/);
  const lanes = page.locator('[data-lane]');
  const lefts = await lanes.evaluateAll((all) => all.map((lane) => Math.round(lane.getBoundingClientRect().left)));
  const named = await page
    .locator('[data-lesson] .full')
    .evaluateAll((all) => all.filter((name) => name.getBoundingClientRect().width > 1).length);
  expect({ lists: await lanes.count(), columns: new Set(lefts).size, names: named }).toEqual(wanted);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  await page.context().close();
});

test('each passed lesson moves the way on, in another browser too, and when all are passed the page says what to do', async () => {
  const page = await openHome(1440);
  const onward = page.locator('[data-next]');
  const lessons = [
    'log/append',
    'log/keys',
    'log/from-beginning',
    'flink-sql/filter-route',
    'flink-sql/tumble',
    'flink-sql/upsert',
  ];
  const marks = ['A2', 'A3', 'E1', 'E2', 'E3'];
  for (const [index, lesson] of lessons.entries()) {
    await pass(page, lesson);
    const other = await openHome(1440);
    for (const one of [page, other]) {
      await one.reload();
      const next = one.locator('[data-next]');
      await eventually(() => next.textContent()).toMatch(
        marks[index] ? new RegExp(`^Go on with ${marks[index]}: `) : /^Open any lesson again$/,
      );
      await eventually(() => one.locator('[data-state="passed"]').count()).toBe(index + 1);
      await eventually(() => one.locator('[data-state="here"]').count()).toBe(marks[index] ? 1 : 0);
    }
    await other.context().close();
  }
  await page.getByText('You have passed all 6 lessons. Your code and reports are kept; a check brings other data.').waitFor();
  await page.locator('[data-lesson="log/append"]').click();
  await page.waitForURL(/log\/append/);
  await page.goBack();
  await eventually(() => onward.textContent()).toBe('Open any lesson again');
  await page.context().close();
});

test('a page that the browser brings back as it was left reads the progress again', async () => {
  const page = await openHome(1440);
  await eventually(() => page.locator('[data-count]').first().textContent()).toMatch(/^\d of \d$/);
  const marks = page.locator('[data-state="passed"]');
  const before = await marks.count();
  await page.evaluate(() => {
    for (const element of document.querySelectorAll<HTMLElement>('[data-lesson]')) element.dataset.state = 'closed';
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  });
  await eventually(() => marks.count()).toBe(before);
  await eventually(() => page.locator('[data-state="closed"]').count()).toBeLessThan(5);
  await page.context().close();
});
