/** Chromium aborts pending loads when the machine's networks change, as they do when a container starts on it. */
import { expect, test } from 'vitest';
import { eventually, keptText, lessonPages, monacoReady, shownLines } from './exercise/lesson-page.ts';

const openLesson = lessonPages();

/** Breaks off the first request for each url that matches. */
async function open(pattern: RegExp) {
  const broken = new Set<string>();
  const lesson = await openLesson({
    before: ({ page }) =>
      page.route(pattern, (route, request) => {
        const key = `${request.method()} ${request.url()}`;
        if (broken.has(key)) return route.continue();
        broken.add(key);
        return route.abort('connectionreset');
      }),
  });
  return { lesson, broken };
}

test.each([
  ['every script of the page', /_astro\/.*\.js/],
  ['every style sheet and font', /_astro\/.*\.(css|woff2)/],
])('a page loads completely after the browser has aborted %s', async (_what, pattern) => {
  const { lesson, broken } = await open(pattern);
  await using _ = lesson;
  const { page, stub } = lesson;
  await monacoReady(page);
  expect(broken.size).toBeGreaterThan(2);
  expect((await shownLines(page)).join('\n')).toContain('producer.connect');
  expect(await page.evaluate(() => getComputedStyle(document.body).margin)).toBe('0px');
  await page.getByRole('button', { name: /^Check/ }).click();
  await eventually(() => stub.state.submissions.length).toBe(1);
  // The islands come too: what a click reaches is no longer the page's picture of them.
  await page.locator('astro-island:not([ssr])').getByRole('button', { name: 'Show hint 1 of 3' }).click();
  await eventually(() => page.locator('.hints li').count()).toBe(1);
});

/** Opens a lesson of which some scripts never come, and passes the pauses between the tries. */
async function openWithout(pattern: RegExp) {
  const lesson = await openLesson({
    before: async ({ page }) => {
      await page.clock.install();
      await page.route(pattern, (route) => route.abort('connectionreset'));
    },
  });
  const note = lesson.page.locator('.load-note');
  const triesOver = () =>
    eventually(async () => {
      await lesson.page.clock.fastForward(11_000);
      return note.textContent();
    });
  return { ...lesson, note, triesOver };
}

test('a page whose scripts never come says so, keeps the text, and no button looks as if it worked', async () => {
  const lesson = await openWithout(/_astro\/.*\.js/);
  await using _ = lesson;
  const { page, note, triesOver } = lesson;
  await page.getByRole('button', { name: /^Check/ }).click();
  await eventually(() => note.textContent()).toBe('Check starts as soon as the page has loaded.');
  await triesOver().toBe(
    'This page did not load completely: Run, Check and saving on the server do not work. Your text is kept in this browser. Load the page again',
  );
  const alive = await page.locator('#content button:enabled:visible:not([popovertarget])').allTextContents();
  expect(alive).toEqual(['Load the page again']);
  await page.locator('.field-text').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('// kept');
  await eventually(() => keptText(page)).toMatch(/\/\/ kept$/);
  await page.unroute(/_astro\/.*\.js/);
  await page.getByRole('button', { name: 'Load the page again' }).click();
  await page.waitForSelector('[data-taken]');
  await eventually(() => lesson.stub.state.drafts.get('log/append')?.files['main.ts']).toMatch(/\/\/ kept$/);
});

test('a page of which one part never comes says so, and that part is grey', async () => {
  const lesson = await openWithout(/_astro\/HintLadder.*\.js/);
  await using _ = lesson;
  const { page, triesOver } = lesson;
  await triesOver().toMatch(/^Part of this page did not load; what is grey does not work\./);
  expect(await page.getByRole('button', { name: 'Show hint 1 of 3' }).isEnabled()).toBe(false);
  await page.getByRole('button', { name: /^Check/ }).click();
  await eventually(() => lesson.stub.state.submissions.length).toBe(1);
});

test('a Run whose request was aborted is requested again automatically', async () => {
  const { lesson, broken } = await open(/\/api\/runs$/);
  await using _ = lesson;
  const { page, stub } = lesson;
  await monacoReady(page);
  await page.getByRole('button', { name: /^Run/ }).click();
  await eventually(() => stub.state.runs.size).toBe(1);
  expect(broken.size).toBe(1);
});
