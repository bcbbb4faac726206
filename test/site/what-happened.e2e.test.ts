/** The page tells what happened, also after Back, a reload or a broken connection. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { editorMenu, eventually, keptText, lessonPages, monacoReady, toEndOfText, toPane } from './exercise/lesson-page.ts';

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
  // It is scrolled there after it has been drawn.
  await eventually(() => isInView(page, '.out-cause')).toBe(true);
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

test('Reset asks where the answer fits, and any other action is one', async () => {
  for (const width of [1440, 1280, 390]) {
    await using lesson = await openLesson({ viewport: { width, height: 844 } });
    const { page } = lesson;
    await page.waitForSelector('[data-taken]');
    const question = page.getByRole('alertdialog');
    for (const leave of ['Escape', 'click', 'Run'] as const) {
      await toPane(page, 'Code');
      await editorMenu(page);
      await page.getByRole('button', { name: 'Reset', exact: true }).click();
      for (const name of ['Restore the starter', 'Keep']) {
        const box = await question.getByRole('button', { name }).boundingBox();
        expect(box && box.x >= 0 && box.x + box.width <= width, `${name} at ${width}`).toBe(true);
        const hit = await page.evaluate(
          ([x, y]) => document.elementFromPoint(x!, y!)?.textContent,
          [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2],
        );
        expect(hit).toBe(name);
      }
      if (leave === 'Escape') await page.keyboard.press('Escape');
      else if (leave === 'click') await page.locator('.editor').click({ position: { x: 200, y: 60 } });
      else await page.keyboard.press('Control+Enter');
      await eventually(() => question.count()).toBe(0);
    }
  }
});

test('an earlier check has its code, is compared with the editor, and restored without losing what is there', async () => {
  await using lesson = await openLesson({ lesson: 'log/keys' });
  const { page } = lesson;
  const typed = async (text: string) => {
    await toEndOfText(page);
    await page.keyboard.type(text);
  };
  await monacoReady(page);
  await typed('// first');
  await page.keyboard.press('Control+Shift+Enter');
  await page.waitForSelector('text=What chooses the partition?');
  await page.keyboard.type(' and unchecked');
  await page.getByRole('button', { name: /^Earlier checks/ }).click();
  await page.locator('.earlier button').first().click();
  await eventually(() => page.locator('.ln.removed').allTextContents()).toEqual([
    expect.stringMatching(/only here: .*\/\/ first$/),
  ]);
  await eventually(() => page.locator('.ln.added').allTextContents()).toEqual([
    expect.stringMatching(/\/\/ first and unchecked$/),
  ]);
  await page.getByRole('button', { name: 'Restore this code' }).click();
  await eventually(() => keptText(page, 'log/keys')).toMatch(/\/\/ first$/);
  await page.keyboard.press('Control+Shift+Enter');
  await eventually(() => page.locator('#report .earlier').count()).toBe(0);
  await page.getByRole('button', { name: /^Earlier checks/ }).click();
  await page.locator('.earlier li', { hasText: 'before another was restored' }).getByRole('button').click();
  await page.getByRole('button', { name: 'Restore this code' }).click();
  await eventually(() => keptText(page, 'log/keys')).toMatch(/\/\/ first and unchecked$/);
});

test('a page without its server says so, keeps the text, and brings a check to its end when the server is back', async () => {
  await using lesson = await openLesson();
  const { page, stub } = lesson;
  await monacoReady(page);
  stub.down = true;
  stub.cutStreams();
  await page.getByText('No connection to the server since').waitFor();
  await eventually(() => page.locator('#sandbox-state').textContent()).toBe('no connection');
  await toEndOfText(page);
  await page.keyboard.type('// solution');
  await page.keyboard.press('Control+Shift+Enter');
  await page.getByText('Waiting for the server, then sent once').waitFor();
  stub.down = false;
  await page.getByRole('heading', { name: /^Passed at \d\d:\d\d$/ }).waitFor();
  expect(stub.state.submissions).toHaveLength(1);
  await eventually(() => page.getByText('No connection to the server since').count()).toBe(0);
  await eventually(() => page.locator('#sandbox-state').textContent()).toBe('kafka ready');
});
