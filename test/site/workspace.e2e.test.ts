/** The frame of a lesson's workspace: panes, their borders, the stack of results, the dock. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { editorMenu, eventually, keptText, lessonPages, monacoReady, shownLines, toEndOfText } from './exercise/lesson-page.ts';
import { layoutShifts } from './page-watch.ts';

const openLesson = lessonPages();

const LONG = `    const long = [${Array.from({ length: 60 }, (_, index) => `'word ${index}'`).join(', ')}];`;
const withLongLine = ({ page }: { page: Page }) =>
  page.addInitScript((text) => {
    const draft = { files: { 'main.ts': `${text}\nconst next = 1;` }, base: 0, dirty: true, at: 1 };
    if (!localStorage.getItem('streamwright:draft:log/append'))
      localStorage.setItem('streamwright:draft:log/append', JSON.stringify(draft));
  }, LONG);

const PANES = ['text', 'code', 'output', 'report', 'lens'];
const pane = (page: Page, name: string) => page.locator(`[data-pane="${name}"]`);
const border = (page: Page, name: string) => page.getByRole('separator', { name });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const expanded = (page: Page, name: string) => button(page, name).getAttribute('aria-expanded');

async function box(page: Page, name: string) {
  const found = await pane(page, name).boundingBox();
  return found && { ...found, right: found.x + found.width, bottom: found.y + found.height };
}

/** Panes of which something is in the window. */
async function seen(page: Page): Promise<string[]> {
  const window = page.viewportSize()!;
  const boxes = await Promise.all(PANES.map((name) => box(page, name)));
  return PANES.filter((_, index) => {
    const one = boxes[index];
    return one && one.width > 0 && one.height > 60 && one.y < window.height && one.bottom > 0;
  });
}

describe('at 1440 px', () => {
  test('a TypeScript lesson shows text, code, results and lens at once, filling the window', async () => {
    await using lesson = await openLesson({ lesson: 'log/keys' });
    const { page } = lesson;
    expect(await seen(page)).toEqual(PANES);
    const [text, code, report, lens] = await Promise.all(['text', 'code', 'report', 'lens'].map((name) => box(page, name)));
    expect(text).toMatchObject({ x: 0, width: 344, bottom: 900 });
    expect(code).toMatchObject({ x: 345, y: 44, width: 613 });
    expect(report).toMatchObject({ right: 1440 });
    expect(lens).toMatchObject({ x: 345, right: 1440, height: 362, bottom: 900 });
    const run = await button(page, /^Run/).boundingBox();
    expect(run!.y + run!.height).toBeLessThan(88);
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(900);
  });

  test('a query has its column, and the lens has the rest; once it runs, the text is its first paragraph', async () => {
    await using lesson = await openLesson({ lesson: 'flink-sql/tumble' });
    const { page } = lesson;
    expect(await box(page, 'text')).toMatchObject({ x: 0, width: 396 });
    expect(await box(page, 'lens')).toMatchObject({ x: 397, y: 44, right: 1440, bottom: 900 });
    expect((await box(page, 'text'))!.height).toBeGreaterThan(400);
    await monacoReady(page);
    await button(page, /^Run/).click();
    await eventually(async () => (await box(page, 'text'))!.height).toBe(196);
    await eventually(() => expanded(page, 'Output')).toBe('true');
    expect((await box(page, 'code'))!.height).toBeGreaterThan(270);
    expect(await page.locator('#text h1').isVisible()).toBe(true);
    await page.keyboard.press('Alt+1');
    await eventually(async () => (await box(page, 'text'))!.height).toBeGreaterThan(400);
    await eventually(() => page.evaluate(() => document.activeElement?.id)).toBe('text');
  });
});

describe('a border between panes', () => {
  test('moves by pointer and keys, keeps its place for lessons of the kind, and goes back to the design', async () => {
    await using lesson = await openLesson({ lesson: 'log/keys' });
    const { page, stub } = lesson;
    await page.waitForSelector('[data-taken]');
    const wide = border(page, 'Width of the text');
    await wide.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await eventually(async () => (await box(page, 'text'))!.width).toBe(397);
    expect(await wide.getAttribute('aria-valuenow')).toBe('397');
    await page.keyboard.press('Home');
    await eventually(async () => (await box(page, 'text'))!.width).toBe(280);

    const lens = await border(page, 'Height of the lens').boundingBox();
    // 4 px beside the line is still on it.
    await page.mouse.move(lens!.x + 200, lens!.y - 4);
    await page.mouse.down();
    await page.mouse.move(lens!.x + 220, lens!.y - 64, { steps: 4 });
    await page.mouse.up();
    await eventually(async () => (await box(page, 'lens'))!.height).toBe(422);

    await page.goto(`${stub.url}/lessons/log/append/`, { waitUntil: 'commit' });
    await page.waitForSelector('textarea.field-text', { state: 'attached' });
    expect((await box(page, 'text'))!.width).toBe(280);
    await page.waitForSelector('[data-taken]');
    expect((await box(page, 'lens'))!.height).toBe(422);
    expect(await layoutShifts(page)).toEqual([]);

    await border(page, 'Height of the lens').dblclick();
    await eventually(async () => (await box(page, 'lens'))!.height).toBeLessThan(422);
    await border(page, 'Width of the text').focus();
    await page.keyboard.press('Enter');
    await eventually(async () => (await box(page, 'text'))!.width).toBe(344);
  });

  test('moves back when the window has become too small, and again when it has grown', async () => {
    await using lesson = await openLesson();
    const { page } = lesson;
    await page.waitForSelector('[data-taken]');
    await border(page, 'Width of the text').focus();
    await page.keyboard.press('End');
    const widest = (await box(page, 'text'))!.width;
    expect(widest).toBeGreaterThan(390);
    await page.setViewportSize({ width: 1280, height: 720 });
    await eventually(async () => (await box(page, 'code'))!.width).toBe(560);
    expect((await box(page, 'report'))!.right).toBe(1280);
    await page.setViewportSize({ width: 1440, height: 900 });
    await eventually(async () => (await box(page, 'text'))!.width).toBe(widest);
  });

  test('is where the design has it when the browser has kept nonsense', async () => {
    for (const kept of ['{"text":"wide","lens":null,"stack":1e999}', '[1,2', '7', '"x"', 'null']) {
      await using lesson = await openLesson({
        before: ({ page }) => page.addInitScript((text) => localStorage.setItem('streamwright:panes:program', text), kept),
      });
      const { page } = lesson;
      await page.waitForSelector('[data-taken]');
      expect([kept, (await box(page, 'text'))!.width, (await box(page, 'code'))!.width]).toEqual([kept, 344, 613]);
      expect(lesson.seen.errors).toEqual([]);
    }
  });
});

describe('output and report', () => {
  test('what has news opens; the other keeps its head and its most important line', async () => {
    await using lesson = await openLesson({ lesson: 'log/keys' });
    const { page } = lesson;
    await monacoReady(page);
    await button(page, /^Run/).click();
    await eventually(() => expanded(page, 'Report')).toBe('false');
    await page.waitForSelector('#output >> text=exit 0 after 837 ms');
    await button(page, /^Check/)
      .first()
      .click();
    await eventually(() => Promise.all([expanded(page, 'Output'), expanded(page, 'Report')])).toEqual(['false', 'true']);
    await page.waitForSelector('text=What chooses the partition?');
    await page.locator('#output .half-head').getByText('seed 1729, exit 0 after 837 ms').waitFor();
    await eventually(() => page.locator('#report .fold-line').isVisible()).toBe(false);
    await button(page, /^Run/).click();
    await eventually(() => expanded(page, 'Report')).toBe('false');
    await page.locator('#report .half-head').getByText('4 of 6 passed').waitFor();
    await page.locator('#report .fold-line').getByText('All events of a driver share a partition').waitFor();
    await button(page, 'Report').click();
    await eventually(() => Promise.all([expanded(page, 'Output'), expanded(page, 'Report')])).toEqual(['true', 'true']);
    await page.reload();
    await page.waitForSelector('[data-taken]');
    await eventually(() => Promise.all([expanded(page, 'Output'), expanded(page, 'Report')])).toEqual(['true', 'true']);
  });

  test('a check brings the report to the front while earlier checks are shown', async () => {
    await using lesson = await openLesson({ lesson: 'log/keys' });
    const { page } = lesson;
    await monacoReady(page);
    await page.keyboard.press('Control+Shift+Enter');
    await page.waitForSelector('text=What chooses the partition?');
    await button(page, /^Earlier checks/).click();
    await page.locator('.earlier li').first().waitFor();
    await button(page, 'Output').click();
    await button(page, 'Report').click();
    await page.keyboard.press('Control+Shift+Enter');
    await page.waitForSelector('text=What chooses the partition?');
    expect(await page.locator('.earlier').count()).toBe(0);
  });
});

describe('below 1280 px', () => {
  test.each([1279, 768])('at %i px the dock shows one pane over the lens', async (width) => {
    await using lesson = await openLesson({ lesson: 'log/keys', viewport: { width, height: 1024 } });
    const { page } = lesson;
    await page.waitForSelector('[data-taken]');
    expect(await seen(page)).toEqual(['text', 'lens']);
    await page.locator('#sandbox-state[data-state="ready"]').waitFor();
    expect(await layoutShifts(page)).toEqual([]);
    await page.getByRole('link', { name: 'Code' }).click();
    await eventually(() => seen(page)).toEqual(['code', 'lens']);
    await monacoReady(page);
    await page.keyboard.press('Control+Shift+Enter');
    await eventually(() => seen(page)).toEqual(['report', 'lens']);
    await page.waitForSelector('text=What chooses the partition?');
    await page.getByRole('link', { name: 'Report: failed' }).waitFor();
    await page.getByRole('link', { name: 'Lens' }).click();
    await eventually(() => seen(page)).toEqual(['lens']);
    expect(await page.locator('.dock').boundingBox()).toMatchObject({ height: 56, y: 968 });
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(1024);
  });

  test('at 390 px it shows one pane, comes to what a press asks for, and marks what failed', async () => {
    await using lesson = await openLesson({ lesson: 'log/keys', viewport: { width: 390, height: 844 } });
    const { page } = lesson;
    await page.waitForSelector('[data-taken]');
    expect(await seen(page)).toEqual(['text']);
    await page.getByRole('link', { name: 'Code' }).click();
    await monacoReady(page);
    await button(page, /^Run/).click();
    await eventually(() => seen(page)).toEqual(['output']);
    await page.waitForSelector('#output >> text=exit 0 after 837 ms');
    await page.getByRole('link', { name: 'Code' }).click();
    await button(page, /^Check/)
      .first()
      .click();
    await eventually(() => seen(page)).toEqual(['report']);
    await page.waitForSelector('text=What chooses the partition?');
    await page.getByRole('link', { name: 'Report: failed' }).waitFor();
    await button(page, 'Show in lens').click();
    await eventually(() => seen(page)).toEqual(['lens']);
    for (const link of await page.locator('.dock a').all()) expect((await link.boundingBox())!.height).toBeGreaterThanOrEqual(44);
  });

  test('the dock works before any bundle has loaded', async () => {
    await using lesson = await openLesson({
      viewport: { width: 390, height: 844 },
      before: ({ page }) => page.route('**/_astro/*.js', (route) => route.abort()),
    });
    const { page } = lesson;
    await page.getByRole('link', { name: 'Code' }).click();
    expect(await seen(page)).toEqual(['code']);
    await page.locator('.field-text').click();
    await page.keyboard.type('// typed');
    expect(await page.locator('.field-text').inputValue()).toContain('// typed');
  });

  test('without JavaScript everything is stacked and can be read', async () => {
    for (const width of [768, 390]) {
      await using lesson = await openLesson({ viewport: { width, height: 844 }, javaScriptEnabled: false });
      const { page } = lesson;
      const [text, code] = await Promise.all([box(page, 'text'), box(page, 'code')]);
      expect(text!.height).toBeGreaterThan(1000);
      expect(code!.y).toBeGreaterThanOrEqual(text!.bottom - 1);
      expect(code!.height).toBeGreaterThan(300);
    }
  });
});

describe('keys', () => {
  test('Alt and a digit open a pane and go to it, then fold it; F6 goes round', async () => {
    await using lesson = await openLesson({ lesson: 'log/keys' });
    const { page } = lesson;
    await monacoReady(page);
    const focused = () =>
      page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-pane]')?.dataset.pane ?? 'none');
    for (const [index, name] of PANES.entries()) {
      await page.keyboard.press(`Alt+${index + 1}`);
      await eventually(focused).toBe(name);
    }
    await page.keyboard.press('Alt+1');
    await page.keyboard.press('Alt+1');
    await eventually(async () => (await box(page, 'text'))!.width).toBe(44);
    expect(await button(page, 'A2').getAttribute('aria-expanded')).toBe('false');
    await page.keyboard.press('F6');
    await eventually(focused).toBe('code');
    await page.keyboard.press('Shift+F6');
    await eventually(focused).toBe('text');
    await page.keyboard.press('Alt+2');
    await page.keyboard.type('x');
    await page.keyboard.press('Alt+2');
    await eventually(async () => (await box(page, 'code'))!.width).toBe(44);
    await button(page, 'Code').click();
    await eventually(async () => (await box(page, 'code'))!.width).toBeGreaterThan(560);
    await page.reload();
    await page.waitForSelector('[data-taken]');
    expect((await box(page, 'text'))!.width).toBe(44);
    await button(page, 'A2').click();
    await eventually(async () => (await box(page, 'text'))!.width).toBe(344);
  });

  test('in a narrow window Alt and a digit bring a pane to the front and go back', async () => {
    await using lesson = await openLesson({ viewport: { width: 768, height: 1024 } });
    const { page } = lesson;
    await page.waitForSelector('[data-taken]');
    await page.keyboard.press('Alt+2');
    await eventually(() => seen(page)).toEqual(['code', 'lens']);
    await monacoReady(page);
    await toEndOfText(page);
    await page.keyboard.press('Alt+4');
    await eventually(() => seen(page)).toEqual(['report', 'lens']);
    await page.keyboard.press('Alt+4');
    await eventually(() => seen(page)).toEqual(['code', 'lens']);
  });
});

describe('the editor', () => {
  test('wraps a long line at its width in field and Monaco, and Alt Z turns that off and on, for good', async () => {
    await using lesson = await openLesson({ before: withLongLine });
    const { page } = lesson;
    const rows = () =>
      page.evaluate(() => {
        const line = document.querySelector('.field-ink .l')!.getBoundingClientRect().height;
        const { scrollWidth, clientWidth } = document.querySelector('.field')!;
        return { rows: Math.round(line / 20), isCut: scrollWidth > clientWidth };
      });
    const inField = await rows();
    expect(inField.rows).toBeGreaterThan(5);
    expect(inField.isCut).toBe(false);
    // The caret's text breaks where the visible text does, so both are as high.
    const heights = () =>
      page.evaluate(() => {
        const area = document.querySelector<HTMLTextAreaElement>('.field-text')!;
        return [area.scrollHeight, document.querySelector('.field-ink')!.scrollHeight];
      });
    const [text, ink] = await heights();
    expect(text).toBe(ink);
    await monacoReady(page);
    const top = () =>
      page
        .locator('.monaco .view-line', { hasText: 'next' })
        .last()
        .evaluate((line) => Number.parseFloat(line.style.top));
    await eventually(top).toBeGreaterThan(100);
    // However far the line is indented, its rows begin where those of the field do, so none moves when Monaco comes.
    const shown = await shownLines(page);
    const wrapped = shown.slice(0, shown.indexOf('const next = 1;'));
    expect(wrapped.join('')).toBe(LONG);
    expect(wrapped).toHaveLength(inField.rows);
    await page.keyboard.press('Alt+z');
    await eventually(top).toBeLessThan(40);
    // The field is there until Monaco comes, which a reload may have at once.
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    await page.route('**/_astro/open-monaco*.js', async (route) => {
      await held;
      await route.continue();
    });
    await page.reload();
    await page.waitForSelector('[data-live]', { state: 'attached' });
    expect(await rows()).toEqual({ rows: 1, isCut: true });
    release();
    await monacoReady(page);
    await eventually(top).toBeLessThan(40);
    await page.keyboard.press('Alt+z');
    await eventually(top).toBeGreaterThan(100);
  });

  test('wraps before any bundle has loaded, and Alt Z works there too', async () => {
    await using lesson = await openLesson({
      before: async (parts) => {
        await withLongLine(parts);
        await parts.page.route('**/_astro/*.js', (route) => route.abort());
      },
    });
    const { page } = lesson;
    const height = () => page.evaluate(() => document.querySelector('.field-ink .l')!.getBoundingClientRect().height);
    expect(await height()).toBeGreaterThan(100);
    await page.locator('.field-text').focus();
    await page.keyboard.press('Alt+z');
    expect(await height()).toBe(20);
  });

  test('has the chosen font size in field and Monaco, after a reload before the first paint', async () => {
    await using lesson = await openLesson();
    const { page } = lesson;
    await monacoReady(page);
    await editorMenu(page);
    await page.getByLabel('Font size').selectOption('18');
    const rowOf = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((line) => [getComputedStyle(line).fontSize, line.getBoundingClientRect().height]);
    await eventually(() => rowOf('.monaco .view-line')).toEqual(['18px', 28]);
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    await page.route('**/_astro/open-monaco*.js', async (route) => {
      await held;
      await route.continue();
    });
    await page.reload({ waitUntil: 'commit' });
    await page.waitForSelector('[data-live]', { state: 'attached' });
    expect(await rowOf('.field-ink .l')).toEqual(['18px', 28]);
    release();
    await monacoReady(page);
    await eventually(() => rowOf('.monaco .view-line')).toEqual(['18px', 28]);
    expect(await layoutShifts(page)).toEqual([]);
  });

  test('lets the next Tab leave after Esc, and only that one', async () => {
    await using lesson = await openLesson();
    const { page } = lesson;
    await monacoReady(page);
    await toEndOfText(page);
    await page.keyboard.press('Tab');
    await page.keyboard.type('a');
    await eventually(() => keptText(page)).toMatch(/ a$/);
    await page.keyboard.press('Escape');
    await page.keyboard.type('b');
    await page.keyboard.press('Tab');
    await page.keyboard.type('c');
    await eventually(() => keptText(page)).toMatch(/ ab +c$/);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await eventually(() => page.evaluate(() => document.activeElement?.textContent)).toMatch(/^Run/);
  });

  test('names its keys in its menu, which closes on Escape', async () => {
    await using lesson = await openLesson({ viewport: { width: 390, height: 844 } });
    const { page } = lesson;
    await page.waitForSelector('[data-taken]');
    await page.getByRole('link', { name: 'Code' }).click();
    await editorMenu(page);
    await page.getByText('Keys', { exact: true }).click();
    await page.getByText('next pane, the one before').waitFor();
    await page.keyboard.press('Escape');
    await eventually(() => page.locator('#editor-menu').isVisible()).toBe(false);
    expect(await expanded(page, 'Editor menu')).toBe('false');
  });
});
