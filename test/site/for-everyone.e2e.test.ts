/** The page for those who print it, enlarge it, or have chosen other colours. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { editorMenu, eventually, lessonPages, monacoReady, toEndOfText, toPane } from './exercise/lesson-page.ts';
import { axeViolations } from './page-watch.ts';

const openLesson = lessonPages();
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

describe('on paper', () => {
  const LINES = Array.from({ length: 120 }, (_, line) => `const value${line} = ${line};`);

  test('a lesson is its text and all of the learner’s code, black on white', async () => {
    await using lesson = await openLesson({
      colorScheme: 'dark',
      before: ({ page }) =>
        page.addInitScript((text) => {
          const draft = { files: { 'main.ts': text }, base: 0, dirty: true, at: 1 };
          localStorage.setItem('streamwright:draft:log/append', JSON.stringify(draft));
        }, LINES.join('\n')),
    });
    const { page } = lesson;
    await monacoReady(page);
    await page.emulateMedia({ media: 'print' });
    const onPaper = page.locator('#on-paper');
    await eventually(() => onPaper.locator('pre').textContent()).toBe(LINES.join('\n'));
    expect(await onPaper.isVisible()).toBe(true);
    expect(await page.locator('.prose').isVisible()).toBe(true);
    for (const name of ['.edit', '.runbar', '#report', '.lens', '.dock', '#theme-switch', '#sandbox-state'])
      expect(await page.locator(name).first().isVisible(), name).toBe(false);
    const colours = (selector: string) => page.locator(selector).evaluate((element) => getComputedStyle(element).color);
    expect(await page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor)).toBe('rgb(255, 255, 255)');
    expect(await colours('#on-paper pre')).toBe('rgb(21, 32, 29)');
    const cut = () =>
      page.evaluate(
        () =>
          [...document.querySelectorAll('.text, #on-paper pre')].filter((box) => box.scrollHeight > box.clientHeight + 1).length,
      );
    expect(await cut()).toBe(0);
    // 120 lines of 20 px and the text need more than three sheets.
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(3);
    await page.emulateMedia({ media: 'screen' });
    expect(await onPaper.isVisible()).toBe(false);
    expect(await page.locator('[data-shows="monaco"] .view-line').first().isVisible()).toBe(true);
  });

  test('without scripts, it is its text and the starter', async () => {
    await using lesson = await openLesson({ javaScriptEnabled: false });
    await lesson.page.emulateMedia({ media: 'print' });
    expect(await lesson.page.locator('.field-ink').isVisible()).toBe(true);
    expect(await lesson.page.locator('.field-text').isVisible()).toBe(false);
  });
});

describe.each([
  { width: 1440, colorScheme: 'light' },
  { width: 1440, colorScheme: 'dark' },
  { width: 390, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
] as const)('at $width in $colorScheme', ({ width, colorScheme }) => {
  test('axe finds nothing before, during and after a run, with the menu, hints, failures and earlier code open', async () => {
    await using lesson = await openLesson({ lesson: 'log/keys', viewport: { width, height: 844 }, colorScheme });
    const { page } = lesson;
    const found: Record<string, string[]> = {};
    const look = async (state: string) => {
      const violations = await axeViolations(page);
      await page.setViewportSize({ width, height: 844 });
      if (violations.length > 0) found[state] = violations;
    };
    await monacoReady(page);
    await look('before');
    await editorMenu(page);
    await look('menu');
    await page.keyboard.press('Escape');
    await toEndOfText(page);
    await page.keyboard.type('// hang');
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('text=sent 40 records');
    await look('running');
    await toPane(page, 'Code');
    await button(page, 'Stop').first().click();
    await page.waitForSelector('text=stopped after', { state: 'attached' });
    await look('stopped');
    await toPane(page, 'Text');
    await button(page, 'Show hint 1 of 3').click();
    await page.waitForSelector('text=Hint 2 opens after your next check.');
    await look('hint');
    await toPane(page, 'Code');
    await button(page, /^Check/)
      .first()
      .click();
    await page.waitForSelector('text=What chooses the partition?');
    await toPane(page, 'Report');
    await look('failed');
    await button(page, /^Earlier checks/).click();
    await page.locator('.earlier button').first().waitFor();
    await look('earlier checks');
    await toPane(page, 'Lens');
    await look('lens');
    expect(found).toEqual({});
  }, 180_000);
});

describe('enlarged to twice its size, on a window of 1280 by 800', () => {
  test.each(['log/keys', 'flink-sql/tumble'] as const)('%s has all panes, and nothing runs out at the side', async (id) => {
    await using lesson = await openLesson({ lesson: id, viewport: { width: 640, height: 400 } });
    const { page } = lesson;
    await page.waitForSelector('[data-taken]', { state: 'attached' });
    for (const pane of ['Text', 'Code', 'Output', 'Report', 'Lens'] as const) {
      await toPane(page, pane);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), pane).toBe(640);
      const height = await page.locator(`[data-pane="${pane.toLowerCase()}"]`).evaluate((box) => box.clientHeight);
      // The bar and the dock take 100 px of the 400.
      expect(height, pane).toBeGreaterThan(200);
    }
    await toPane(page, 'Code');
    for (const name of [/^Run/, /^Check/]) {
      const box = await button(page, name).first().boundingBox();
      expect(box!.y + box!.height).toBeLessThan(400);
    }
    const editor = await page.locator('.editor').boundingBox();
    expect(editor!.height).toBeGreaterThan(100);
  });
});

test.each(['light', 'dark'] as const)(
  'in the colours of the system, what a background shows is seen, in %s',
  async (colorScheme) => {
    await using lesson = await openLesson({ lesson: 'log/keys', colorScheme, forcedColors: 'active' });
    const { page } = lesson;
    await monacoReady(page);
    await button(page, /^Run/).click();
    await page.waitForSelector('text=exit 0');
    const unlike = (selector: string, pseudo?: string) =>
      page
        .locator(selector)
        .first()
        .evaluate(
          (element, [part]) => {
            const page = getComputedStyle(document.body).backgroundColor;
            return getComputedStyle(element, part).backgroundColor !== page;
          },
          [pseudo] as const,
        );
    expect(await unlike('#sandbox-state', '::before')).toBe(true);
    expect(await unlike('.btn.main')).toBe(true);
    expect(await unlike('.ruler [aria-current="page"] i')).toBe(true);
    expect(await unlike('.chip', '::before')).toBe(true);
    expect(lesson.seen.errors).toEqual([]);
  },
);
