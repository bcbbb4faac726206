/** The page tells what happened, also after Back, a reload or a broken connection. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { eventually, keptText, lessonPages, monacoReady, toEndOfText } from './exercise/lesson-page.ts';

const openLesson = lessonPages();

test('a run that goes on is there after Back, and Stop with it', async () => {
  await using lesson = await openLesson();
  const { page, stub } = lesson;
  await monacoReady(page);
  await toEndOfText(page);
  await page.keyboard.type('// hang');
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('text=sent 40 records');
  await page.goto(`${stub.url}/glossary/`);
  await page.goBack();
  await page.getByRole('button', { name: 'Stop' }).waitFor();
  await eventually(() => page.locator('.out').textContent()).toContain('sent 40 records');
});

test('a failed program shows its cause and line first, its stack folded, and the line in the editor', async () => {
  await using lesson = await openLesson();
  const { page } = lesson;
  await monacoReady(page);
  await toEndOfText(page);
  await page.keyboard.type('// throw');
  await page.keyboard.press('Control+Enter');
  const cause = page.locator('.out-cause');
  await eventually(() => cause.textContent()).toMatch(
    /TypeError: value must be a string or a Buffer[\s\S]*main\.ts line 9[\s\S]*JSON\.stringify/,
  );
  expect(await isInView(page, '.out-cause')).toBe(true);
  await eventually(() => page.locator('.out-stack summary').textContent()).toBe('Stack, 16 lines, 1 in your code');
  expect(await page.locator('.out-line').allTextContents()).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/ at write/)]),
  );
  await eventually(() => page.locator('.monaco .fault-line').count()).toBe(1);
  await cause.getByRole('button', { name: 'main.ts line 9' }).click();
  await page.keyboard.type('/* here */ ');
  await eventually(() => keptText(page)).toMatch(/^(.*\n){8}\/\* here \*\/ /);
  await page.reload();
  await eventually(() => cause.textContent()).toContain('TypeError: value must be');
});

/** Whether all of an element lies within what its scrollers show. */
function isInView(page: Page, selector: string): Promise<boolean> {
  return page.locator(selector).evaluate(
    (element) =>
      new Promise<boolean>((resolve) => {
        new IntersectionObserver(([seen]) => resolve((seen?.intersectionRatio ?? 0) > 0.98)).observe(element);
      }),
  );
}
