/** Chromium aborts pending loads when the machine's networks change, as they do when a container starts on it. */
import { expect, test } from 'vitest';
import { eventually, lessonPages, monacoReady, shownLines } from './exercise/lesson-page.ts';

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
