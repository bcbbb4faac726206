/** What a learner gets from checks over time: the solution, earlier texts, and the moment of passing. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { eventually, keptText, lessonPages, monacoReady, toEndOfText } from './exercise/lesson-page.ts';
import { axeViolations } from './page-watch.ts';

const openLesson = lessonPages();
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

async function check(page: Page, text: string): Promise<void> {
  await toEndOfText(page);
  await page.keyboard.type(text);
  await page.keyboard.press('Control+Shift+Enter');
}

describe('the solution', () => {
  test('is asked for after the last hint, stands beside the program as text, and leaves the program as it is', async () => {
    await using lesson = await openLesson();
    const { page, stub, seen } = lesson;
    await monacoReady(page);
    for (const hint of [1, 2, 3]) {
      expect(await button(page, 'Show the solution').count()).toBe(0);
      await button(page, `Show hint ${hint} of 3`).click();
      await check(page, `// try ${hint}`);
      await eventually(() => stub.state.submissions.filter(({ report }) => report).length).toBe(hint);
    }
    await page
      .getByText('You have used all hints. Seeing the solution is recorded for this lesson; your code stays as it is. Show it?')
      .waitFor();
    const mine = await keptText(page);
    await button(page, 'Show the solution').click();
    const beside = page.getByRole('region', { name: 'Your program beside one solution' });
    await beside.getByText('One solution, not the only one.').waitFor();
    const lines = await beside.locator('.removed, .added').allTextContents();
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) expect(line).toMatch(/^\d+(−only in yours|\+only in the solution): /);
    expect(await beside.locator('.fold').count()).toBeGreaterThan(0);
    expect(await page.locator('#content').evaluate((main: HTMLElement) => main.inert)).toBe(true);
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await eventually(() => page.locator('.interlude').count()).toBe(0);
    expect(await keptText(page)).toBe(mine);
    expect(stub.state.hints.get('log/append')).toBe(3);
    expect(seen).toEqual({ errors: [], foreign: [] });
  });

  test.each([1440, 768, 390])('and the program are wholly readable at %i, and the page behind is where it was', async (width) => {
    await using lesson = await openLesson({ viewport: { width, height: 844 } });
    const { page, stub } = lesson;
    stub.state.hints.set('log/append', 3);
    await monacoReady(page);
    await check(page, '// try');
    await eventually(() => stub.state.submissions.some(({ report }) => report)).toBe(true);
    await page.reload();
    const show = button(page, /^Show (the|one) solution$/);
    await show.scrollIntoViewIfNeeded();
    const top = await page.evaluate(() => window.scrollY);
    await show.click();
    await page.locator('.diff .added').first().waitFor();
    const cut = () =>
      page.evaluate(() => {
        const [pane, ...lines] = ['.interlude', '.diff .removed > span', '.diff .added > span'].flatMap((selector) => [
          ...document.querySelectorAll(selector),
        ]);
        const { left = 0, right = 0 } = pane?.getBoundingClientRect() ?? {};
        return lines.filter((line) => {
          const box = line.getBoundingClientRect();
          return box.width === 0 || box.left < left || box.right > right || line.scrollWidth > line.clientWidth + 1;
        }).length;
      });
    expect(await cut()).toBe(0);
    const [one, other] = await Promise.all(
      ['.removed', '.added'].map((side) => page.locator(`.diff ${side}`).first().boundingBox()),
    );
    expect(other!.x > one!.x + 100).toBe(width === 1440);
    await button(page, 'Back to the code').click();
    await eventually(() => page.evaluate(() => window.scrollY)).toBe(top);
    expect(await show.evaluate((element) => element === document.activeElement)).toBe(true);
  });
});

describe('passing', () => {
  test('takes the place of the workspace once, tells what was proven, and leads on; Escape gives the page back, and the bar keeps the time', async () => {
    await using lesson = await openLesson();
    const { page, seen } = lesson;
    await monacoReady(page);
    await check(page, '// some try');
    await page.waitForSelector('#report .check.open dl');
    await check(page, '// solution');
    const moment = page.getByRole('region', { name: 'This lesson is passed' });
    await moment.getByRole('heading', { level: 1, name: /^Append and read the coordinates: passed at \d\d:\d\d$/ }).waitFor();
    await eventually(() => moment.locator('.lead').textContent()).toMatch(
      /^All 6 checks held in 2 rounds, on data that you had not seen\. It took 2 tries in \d+ minutes?\.$/,
    );
    expect(
      await moment
        .getByRole('row')
        .filter({ has: page.getByRole('rowheader') })
        .count(),
    ).toBe(6);
    expect(await moment.locator('tbody .mk.pass').count()).toBe(12);
    const onward = moment.getByRole('link', { name: 'Begin A2' });
    expect(await onward.getAttribute('href')).toBe('/lessons/log/keys/');
    expect(await moment.locator('.btn.main').allTextContents()).toEqual(['Begin A2']);
    await moment.locator('.diff .added').first().waitFor();
    await eventually(() => moment.locator('.module-lane [data-place="just-passed"] .sr').textContent()).toBe(
      'A1 Append and read the coordinates, this lesson, passed',
    );
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await eventually(() => page.locator('.interlude').count()).toBe(0);
    const bar = button(page, /^passed \d\d:\d\d$/);
    await bar.click();
    await moment.waitFor();
    expect(await moment.locator('.landing').count()).toBe(0);
    await button(page, 'Back to the code').click();
    await page.reload();
    await bar.waitFor();
    expect(await page.locator('.interlude').count()).toBe(0);
    await monacoReady(page);
    await check(page, '// once more');
    await eventually(() => lesson.stub.state.submissions.filter(({ report }) => report?.status === 'pass').length).toBe(2);
    await eventually(() => page.locator('#report .passed .lead').textContent()).toMatch(/You had passed it before\.$/);
    expect(await page.locator('.interlude').count()).toBe(0);
    expect(seen).toEqual({ errors: [], foreign: [] });
  });

  test('an earlier check can stand beside the solution, and be put back; what was in the editor is kept', async () => {
    await using lesson = await openLesson();
    const { page } = lesson;
    await monacoReady(page);
    await check(page, '// first');
    await page.waitForSelector('#report .check.open dl');
    await check(page, '// solution');
    const moment = page.getByRole('region', { name: 'This lesson is passed' });
    await moment.getByRole('button', { name: 'Compare check 1' }).click();
    await eventually(() => moment.locator('.diff-names span').first().textContent()).toBe('Yours, check 1');
    await eventually(() => moment.locator('.removed').allTextContents()).toContainEqual(expect.stringMatching(/\/\/ first$/));
    await moment.getByRole('button', { name: 'Restore check 1' }).click();
    await eventually(() => page.locator('.interlude').count()).toBe(0);
    await eventually(() => keptText(page)).toMatch(/\/\/ first$/);
    await page.getByText('Earlier code restored.').waitFor();
    await button(page, 'Undo').click();
    await eventually(() => keptText(page)).toMatch(/\/\/ first\/\/ solution$/);
  });

  test('does not take the place of a workspace in which the learner has gone on typing', async () => {
    await using lesson = await openLesson();
    const { page, stub } = lesson;
    await monacoReady(page);
    const { promise: typed, resolve: report } = Promise.withResolvers<void>();
    stub.state.mayReport = typed;
    await check(page, '// solution');
    await page.keyboard.type(' and on');
    report();
    await button(page, /^passed \d\d:\d\d$/).waitFor();
    expect(await page.locator('.interlude').count()).toBe(0);
    await page.keyboard.type(' it goes');
    await eventually(() => keptText(page)).toMatch(/and on it goes$/);
  });

  test.each([1440, 768, 390])('tells everything within its width at %i, and the way on first', async (width) => {
    await using lesson = await openLesson({ viewport: { width, height: 844 } });
    const { page } = lesson;
    await monacoReady(page);
    await check(page, '// solution');
    const moment = page.locator('.interlude');
    await moment.locator('.diff .added').first().waitFor();
    expect(await moment.evaluate((pane) => pane.scrollWidth - pane.clientWidth)).toBe(0);
    const top = async (selector: string) => (await moment.locator(selector).first().boundingBox())!.y;
    if (width <= 768) expect(await top('.next-lesson .btn.main')).toBeLessThan(await top('.proven-checks'));
    expect(await top('.next-lesson .btn.main')).toBeLessThan(844);
  });
});

test('an earlier run of the lesson can be opened again: how it ended, its output and its code', async () => {
  await using lesson = await openLesson();
  const { page } = lesson;
  await monacoReady(page);
  /** Names the run whose output is shown. */
  const heading = () => page.locator('#output .out-head').textContent();
  for (const text of ['// records: 3', '// records: 7']) {
    await toEndOfText(page);
    await page.keyboard.type(text);
    await page.keyboard.press('Control+Enter');
    await eventually(() => heading()).toMatch(/exit 0 after/);
    await eventually(() => button(page, /^Run/).count()).toBe(1);
  }
  const newest = await heading();
  await button(page, /^Earlier checks/).click();
  const runs = page.locator('.earlier li', { hasText: 'exit 0 after' });
  await eventually(() => runs.count()).toBe(2);
  await runs.last().getByRole('button').click();
  await page.getByText('Its output is shown under Output.').waitFor();
  await eventually(heading).not.toBe(newest);
  await eventually(() => page.locator('#report .added').allTextContents()).toEqual([expect.stringMatching(/records: 7$/)]);
  await button(page, 'Show the newest output again').click();
  await eventually(heading).toBe(newest);
});
