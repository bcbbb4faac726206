import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { eventually, keptText, lessonPages, monacoReady, shownLines, toEndOfText, toPane } from './exercise/lesson-page.ts';
import { axeViolations, layoutShifts } from './page-watch.ts';

const openLesson = lessonPages();
const lesson = 'flink-sql/upsert';

async function run(page: Page, variant: string): Promise<void> {
  await toEndOfText(page);
  await page.keyboard.type(`\n-- play: ${variant}`);
  await page.keyboard.press('Control+Enter');
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const output = (page: Page) => page.locator('#output').textContent();

describe('Run of a SQL exercise', () => {
  test('lists the statements; the changes of a query are in the lens alone, next to the resulting table, until Stop', async () => {
    await using opened = await openLesson({ lesson });
    const { page } = opened;
    await monacoReady(page);
    await run(page, 'updates');
    await page.waitForSelector('text=what the 60 changes add up to');
    await eventually(() => output(page)).toMatch(
      /tables\.sql1 statement accepted[\s\S]*line 1CREATE TABLE[\s\S]*accepted[\s\S]*running \d+ s, 60 changes in the lens/,
    );
    await eventually(() => page.locator('.lens .changelog tbody tr').count()).toBe(60);
    expect(await page.locator('.lens .changelog tr.gone .op').first().textContent()).toBe('−U');
    await eventually(() => page.locator('.lens .folded tbody tr').count()).toBe(4);
    expect(await page.locator('.changelog').count()).toBe(1);
    await page.locator('.lens').getByRole('button', { name: 'Log', exact: true }).click();
    await page.waitForSelector('.lens .changelog', { state: 'detached' });
    await page.locator('.out').getByRole('link', { name: 'in the lens' }).click();
    await eventually(() => page.locator('.lens .changelog tbody tr').count()).toBe(60);
    await eventually(() => page.locator('.what').first().textContent()).toMatch(/^running \d+ s$/);
    await eventually(() => page.locator('.out-head').textContent()).toMatch(/running for \d+ s, at most 10 min$/);
    await page.reload();
    await page.waitForSelector('text=what the 60 changes add up to');
    await button(page, 'Stop').click();
    await page.waitForSelector('text=/^stopped after/');
    expect(await page.locator('.lens .changelog tbody tr').count()).toBe(60);
    expect(opened.seen).toEqual({ errors: [], foreign: [] });
  });

  test('draws only the newest 200 of thousands of changes', async () => {
    await using opened = await openLesson({ lesson });
    const { page } = opened;
    await monacoReady(page);
    await run(page, 'flood');
    await page.waitForSelector('text=7,196 changes, the last 200');
    await eventually(() => page.locator('.lens .changelog tbody tr').count()).toBe(200);
  });

  test('shows why a statement failed, marks the place and links to it', async () => {
    await using opened = await openLesson({ lesson });
    const { page } = opened;
    await monacoReady(page);
    await run(page, 'refused');
    await page.waitForSelector("text=Column 'customr' not found in any table");
    await eventually(() => output(page)).toContain('refused at line 10');
    const ran = await page.locator('.statement .what').allTextContents();
    expect(ran.join('')).not.toBe('');
    await button(page, 'tables.sql').click();
    await eventually(() => shownLines(page).then((lines) => lines[0])).toContain('You cannot change this table');
    await button(page, 'line 10, column 8').click();
    await page.waitForSelector('.monaco .squiggly-error');
    await eventually(() => page.getByRole('button', { name: 'main.sql' }).getAttribute('aria-current')).toBe('true');
    await page.keyboard.type('X');
    await eventually(async () => (await keptText(page, lesson, 'main.sql'))?.split('\n')[9]?.slice(7, 8)).toBe('X');
    // The list is of what ran, not of what the editor has now.
    expect(await page.locator('.statement .what').allTextContents()).toEqual(ran);
  });
});

describe('the editor of a SQL exercise', () => {
  test('marks errors from Flink while the learner types, and removes the marks', async () => {
    await using opened = await openLesson({ lesson });
    const { page } = opened;
    await monacoReady(page);
    await toEndOfText(page);
    await page.keyboard.type('\nSELECT wrong FROM payments;');
    await page.waitForSelector('.monaco .squiggly-error');
    for (let letter = 0; letter < '; payments FROM wrong'.length; letter++) await page.keyboard.press('Backspace');
    await page.waitForSelector('.monaco .squiggly-error', { state: 'detached' });
  });

  test('shows what it waits for while no Flink is ready', async () => {
    await using opened = await openLesson({ lesson });
    const { page } = opened;
    await monacoReady(page);
    await toEndOfText(page);
    await page.keyboard.type('\n-- no-flink\nSELECT wrong;');
    await page.waitForSelector('text=Errors are marked once Flink is ready');
    expect(await page.locator('.monaco .squiggly-error').count()).toBe(0);
  });

  test('completes columns after an alias, windows in TABLE( and the options of a connector', async () => {
    await using opened = await openLesson({ lesson });
    const { page } = opened;
    await monacoReady(page);
    const rows = () => page.locator('.suggest-widget .monaco-list-row').allTextContents();
    await toEndOfText(page);
    await page.keyboard.type('\nSELECT p.');
    await eventually(rows).toEqual(expect.arrayContaining([expect.stringMatching(/^amount_cents/)]));
    await page.keyboard.press('Escape');
    await page.keyboard.type('x FROM TABLE(TU');
    await eventually(rows).toEqual([expect.stringMatching(/^TUMBLE/)]);
    await page.keyboard.press('Enter');
    await eventually(() => keptText(page, lesson, 'main.sql')).toContain('TABLE(TUMBLE(TABLE table, DESCRIPTOR(time)');
    await page.keyboard.press('Escape');
    await toEndOfText(page);
    await page.keyboard.type(";\nCREATE TABLE t (id INT) WITH ('connector' = 'upsert-kafka', 'sink.bu");
    await eventually(rows).toEqual([expect.stringMatching(/^sink.buffer-flush.interval/), expect.stringMatching(/max-rows/)]);
  });

  test('shows what fits while Flink is slow, whatever was typed since it was asked', async () => {
    // Longer than the editor waits before it shows its own words.
    let flinkMs = 1_000;
    await using opened = await openLesson({
      lesson,
      before: ({ page }) =>
        page.route('**/api/sql/complete', async (route) => {
          await new Promise((resolve) => setTimeout(resolve, flinkMs));
          await route.continue();
        }),
    });
    const { page } = opened;
    await monacoReady(page);
    const rows = () => page.locator('.suggest-widget .monaco-list-row').allTextContents();
    await toEndOfText(page);
    // After a dot, only Flink knows what fits.
    await page.keyboard.type('\nSELECT p.');
    await eventually(rows).toContainEqual(expect.stringMatching(/^amount_cents/));
    await page.keyboard.press('Escape');
    // Flink is asked about an earlier word, and has not answered when another one begins.
    await page.keyboard.type('x FROM TABLE(TU');
    await eventually(rows).toEqual([expect.stringMatching(/^TUMBLE/)]);
    await page.keyboard.press('Escape');
    await page.keyboard.type(') WHERE p');
    await eventually(rows).toContainEqual(expect.stringMatching(/^PARTITION/));
    flinkMs = 0;
    await page.keyboard.type('a');
    await eventually(rows).toContainEqual(expect.stringMatching(/^payments/));
  });

  test('loads no TypeScript', async () => {
    const asked: string[] = [];
    await using opened = await openLesson({
      lesson,
      before: ({ page }) => page.on('request', (request) => asked.push(request.url())),
    });
    await monacoReady(opened.page);
    await toEndOfText(opened.page);
    await opened.page.keyboard.type('\nSELECT wrong;');
    await opened.page.waitForSelector('.monaco .squiggly-error');
    expect(asked.filter((url) => /typescript|ts\.worker/.test(url))).toEqual([]);
  });
});

describe.each([1440, 390])('at %i px', (width) => {
  test.each(['light', 'dark'] as const)('in %s a running query is accessible and fits', async (colorScheme) => {
    await using opened = await openLesson({ lesson, viewport: { width, height: 844 }, colorScheme });
    const { page } = opened;
    await monacoReady(page);
    expect(await layoutShifts(page)).toEqual([]);
    expect(await axeViolations(page)).toEqual([]);
    await run(page, 'updates');
    await toPane(page, 'Lens');
    await page.waitForSelector('text=what the 60 changes add up to');
    expect(await axeViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    expect(opened.seen).toEqual({ errors: [], foreign: [] });
  });
});
